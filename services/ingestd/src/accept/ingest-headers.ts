import { Type } from 'typebox';

export const IDEMPOTENCY_KEY_CHARS_MAX = 255;

export const IngestHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: IDEMPOTENCY_KEY_CHARS_MAX,
      description: 'names the request: a repetition of the same body gives events without event.id the same ids',
    }),
  ),
});
