/** What may change while the system runs, as one consumer sees it: everything newer than the revision it had. */
import { Type, type Static } from 'typebox';
import type { GroupId, Revision } from './ids.ts';
import type { GroupPolicy } from './policy.ts';

export interface GroupSettings {
  groupId: GroupId;
  /** Revision of this policy, not of the whole. */
  revision: Revision;
  policy: GroupPolicy;
}

/** Whether a group's events have a topic of their own. */
export interface Route {
  groupId: GroupId;
  /** Revision of this route, not of the whole. */
  revision: Revision;
  dedicated: boolean;
}

/** Two versions of a group's own detector take turns. */
export const Colour = Type.Enum(['blue', 'green']);
export type Colour = Static<typeof Colour>;

/** What a detector of a colour is called in Kafka, so that everybody sees who is in its consumer group. */
export function clientIdOf(instance: string, colour: Colour): string {
  return `${instance}.${colour}`;
}

/** Undefined for who has no colour. */
export function colourOf(clientId: string): Colour | undefined {
  const suffix = clientId.slice(clientId.lastIndexOf('.') + 1);
  return Colour.enum.find((colour) => colour === suffix);
}

/** Which colour of a group's own detector consumes its events; blue where there is none. */
export interface Gate {
  groupId: GroupId;
  /** Revision of this gate, not of the whole. */
  revision: Revision;
  colour: Colour;
}

export interface Settings {
  /** Everything up to here is in. */
  revision: Revision;
  groups: GroupSettings[];
  routes: Route[];
  gates: Gate[];
  /** Groups that are no more. */
  erased: GroupId[];
}
