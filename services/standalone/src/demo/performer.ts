/**
 * Carries acts out through the fake's human side. What the bot made impossible (the spammer is banned, the message gone)
 * is passed over, as in life; an honest member who was silenced is let in again by the owner, and that is said.
 */
import { HumanError, type FakeTelegram } from '@chatwarden/fake-telegram';
import type { Act } from './act.ts';
import type { Community } from './content.ts';
import { createRemembered, type Label, type Remembered } from './remembered.ts';
import { idOf, MARK, setUpPlace, toUser, type Place, type StageDeps } from './stage.ts';

export interface DemoLog {
  info(line: string): void;
  warn(line: string): void;
}

export interface DemoCounts {
  /** Honest messages said. */
  ham: number;
  /** Spam acts performed; one may be several messages. */
  spam: number;
}

export interface Performer {
  perform(act: Act): void;
  places: readonly Place[];
  /** What a moderator would say of a message. */
  labelOf(chatId: number, messageId: number): Label | undefined;
  counts(): DemoCounts;
}

interface Scene {
  human: FakeTelegram['human'];
  log: DemoLog;
  remembered: Remembered;
  counts: DemoCounts;
  nextVisitorId: number;
}

type ActOf<K extends Act['kind']> = Extract<Act, { kind: K }>;

export interface PerformerDeps extends StageDeps {
  log: DemoLog;
  /** Visitors get ids from here on. */
  firstVisitorId: number;
}

export function createPerformer(deps: PerformerDeps, communities: readonly Community[]): Performer {
  const places = new Map(communities.map((community) => [community.key, setUpPlace(deps, community)]));
  const scene: Scene = {
    human: deps.fake.human,
    log: deps.log,
    remembered: createRemembered(),
    counts: { ham: 0, spam: 0 },
    nextVisitorId: deps.firstVisitorId,
  };
  return {
    perform(act) {
      const place = places.get(act.community);
      if (!place) throw new Error(`there is no community "${act.community}"`);
      try {
        performAt(scene, place, act);
      } catch (error) {
        if (!(error instanceof HumanError)) throw error;
      }
    },
    places: [...places.values()],
    labelOf: scene.remembered.labelOf,
    counts: () => ({ ...scene.counts }),
  };
}

function performAt(scene: Scene, place: Place, act: Act): void {
  switch (act.kind) {
    case 'say':
      return say(scene, place, act);
    case 'post':
      return post(scene, place, act);
    case 'arrive':
      return arrive(scene, place, act);
    case 'edit': {
      const id = scene.remembered.idOf(act.name);
      if (id !== undefined) scene.human.edit({ chat: place.chatId, id, message: act.message });
    }
  }
}

function say({ human, log, remembered, counts }: Scene, place: Place, act: ActOf<'say'>): void {
  const { chatId: chat } = place;
  const from = idOf(place.ids, act.by);
  const answered = act.repliesTo === undefined ? undefined : remembered.idOf(act.repliesTo);
  const message = { ...act.message, ...(answered === undefined ? {} : { reply_to: answered }) };
  const speak = () => remembered.remember(act.name, human.talk({ chat, from, message }), act.label);
  try {
    speak();
  } catch (error) {
    if (!(error instanceof HumanError) || !isMember(place.community, act.by)) throw error;
    log.warn(`demo: ${act.by}, an honest member, could not speak (${error.code}); the owner lets them in again`);
    letIn(human, place, from);
    speak();
  }
  if (act.label === 'ham') counts.ham += 1;
  else if (act.trick !== undefined) counts.spam += 1;
}

function post({ human, remembered, counts }: Scene, place: Place, act: ActOf<'post'>): void {
  if (place.channelId === undefined) throw new Error(`${act.community} has no channel`);
  human.talk({ chat: place.channelId, from: place.ownerId, message: act.message });
  // The forward is what Telegram put last into the group.
  const forwarded = human.messages({ chat: place.chatId, limit: 1 }).at(-1);
  if (forwarded) remembered.remember(act.name, forwarded.message, 'ham');
  counts.ham += 1;
}

function arrive(scene: Scene, place: Place, { visitor }: ActOf<'arrive'>): void {
  const { key, as, person } = visitor;
  const { human } = scene;
  const user = human.addUser({ ...toUser(person), id: scene.nextVisitorId }).id;
  scene.nextVisitorId += 1;
  if (as === 'user') {
    human.join({ chat: place.chatId, user });
    place.ids.set(key, user);
    return;
  }
  const title = [person.first, person.last, MARK].filter((part) => part !== undefined).join(' ');
  place.ids.set(key, Number(human.addChat({ type: 'channel', title, owner: user })));
}

const isMember = ({ owner, moderator, members }: Community, key: string): boolean =>
  [owner, moderator, ...members].some((person) => person.key === key);

/** An invitation by the owner lifts a ban; giving the rights of a member lifts a restriction. */
function letIn(human: Scene['human'], { chatId: chat, ownerId: by }: Place, user: number): void {
  human.join({ chat, user, by });
  human.promote({ chat, user, by, rights: {} });
}
