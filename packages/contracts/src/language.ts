import { Type, type Static } from 'typebox';

/** That people in the group are spoken to in. */
export const Language = Type.Enum(['en', 'ru']);
export type Language = Static<typeof Language>;
