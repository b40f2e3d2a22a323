/** Judges a message that nobody sent, and asks what would have moved it to another band. Pure but for the model given. */
import {
  eventId,
  firstContext,
  policyFromPreset,
  PRESETS,
  rootTraceparent,
  type Band,
  type CheckResult,
  type Context,
  type Judgement,
  type Message,
  type MessageEvent,
  type Millis,
  type Preset,
} from '@chatwarden/contracts';
import { bandOf, CHECKS, DETECTOR_VERSION, judge, prepare, type Model } from '@chatwarden/detector';
import { SENDERS, type CheckRequest, type SenderKind } from './arguments.ts';

export interface Change {
  /** "without links", "from somebody ...", "with the preset strict". */
  what: string;
  band: Band;
  score: number;
}

export interface Trial {
  /** The text as the checks read it. */
  folded: string;
  band: Band;
  /** Calibrated probability of spam. */
  score: number;
  preset: Preset;
  bands: { act: number; ask: number };
  sender: SenderKind;
  /** Log-odds before anything is known of the message. */
  prior: number;
  /** What speaks for or against spam, strongest first. */
  speaking: CheckResult[];
  /** Names of the checks that say nothing. */
  silent: string[];
  /** Single changes that lead to another band. */
  changes: Change[];
}

export interface TrialDeps {
  model: Model;
  now: Millis;
}

export function tryMessage(request: CheckRequest, deps: TrialDeps): Trial {
  const event = toEvent(request, deps.now);
  const prepared = prepare(event);
  const judged = (change: Partial<Pick<CheckRequest, 'sender' | 'preset'>> = {}): Judgement => {
    const { sender, preset } = { ...request, ...change };
    const policy = policyFromPreset(preset, 'enforce');
    const detectorVersion = { version: DETECTOR_VERSION, model: deps.model.id };
    return judge({ prepared, context: contextOf(sender, deps.now), policy, model: deps.model, detectorVersion })
      .judgement;
  };
  const { band, score, checks } = judged();
  const logit = logitOf(score);
  const { bands } = PRESETS[request.preset];
  const moved: Change[] = [
    ...checks.map((check) => without(check, logit, bands)),
    ...keysOf(SENDERS)
      .filter((sender) => sender !== request.sender)
      .map((sender) => ({ what: `from ${SENDERS[sender]}`, ...bandAndScore(judged({ sender })) })),
    ...keysOf(PRESETS)
      .filter((preset) => preset !== request.preset)
      .map((preset) => ({ what: `with the preset ${preset}`, ...bandAndScore(judged({ preset })) })),
  ].filter((change) => change.band !== band);
  const spoke = new Set(checks.map((check) => check.name));
  return {
    folded: prepared.folded.text,
    band,
    score,
    preset: request.preset,
    bands,
    sender: request.sender,
    prior: logit - checks.reduce((sum, check) => sum + check.weight, 0),
    speaking: checks.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    silent: CHECKS.map((check) => check.name).filter((name) => !spoke.has(name)),
    changes: moved,
  };
}

function toEvent({ text, name, button, preview, forwarded }: CheckRequest, now: Millis): MessageEvent {
  const groupId = `g${'0'.repeat(16)}`;
  const id = eventId({ kind: 'MessagePosted', groupId, subject: 1, version: text });
  const message: Message = {
    messageId: 1,
    text,
    entities: [],
    media: [],
    attachments: [],
    buttons: button === undefined ? [] : [{ text: 'button', url: button }],
    ...(preview === undefined ? {} : { linkPreview: { url: preview } }),
    ...(forwarded ? { forward: { type: 'channel' } } : {}),
  };
  return {
    schema: 'chat-event/1',
    kind: 'MessagePosted',
    id,
    groupId,
    botId: 1,
    chatId: -1,
    occurredAt: now,
    receivedAt: now,
    traceparent: rootTraceparent(id),
    revision: 0,
    sender: { key: '0'.repeat(32), id: 1, as: 'user', role: 'member', name: name ?? '' },
    message,
  };
}

/** Allowed messages of a member: enough of a record to count. */
const MEMBER_MESSAGES = 10;

function contextOf(sender: SenderKind, now: Millis): Context {
  const first = firstContext(now);
  if (sender === 'firstMessage') return first;
  return {
    ...first,
    standing: sender === 'approved' ? 'approved' : 'none',
    sender: { ...first.sender, allowedCount: MEMBER_MESSAGES },
  };
}

function without({ name, weight }: CheckResult, logit: number, bands: Trial['bands']): Change {
  const score = 1 / (1 + Math.exp(weight - logit));
  return { what: `without ${name}`, band: bandOf(score, { bands }), score };
}

function bandAndScore({ band, score }: Judgement): Pick<Change, 'band' | 'score'> {
  return { band, score };
}

export function logitOf(score: number): number {
  return Math.log(score / (1 - score));
}

function keysOf<T extends object>(record: T): (keyof T)[] {
  return Object.keys(record) as (keyof T)[];
}
