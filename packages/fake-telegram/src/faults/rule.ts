/** What a test, a demo or a load tool may ask to go wrong, and when. */

/** Whether the call's work was done before the fault struck: the world changed though the caller was not told. */
export type When = 'beforeEffect' | 'afterEffect';

/** Keeps the true answer from the caller. Before the effect unless `when` says otherwise. */
export type Denial =
  /** 429 with `parameters.retry_after`. */
  | { kind: 'tooManyRequests'; retryAfterS: number; when?: When }
  /** Telegram's JSON for these codes, or the page of the proxy in front of it. */
  | { kind: 'serverError'; code: 500 | 502 | 503 | 504; body?: 'json' | 'html'; when?: When }
  /** Any other refusal, its description in full: `{code: 403, description: 'Forbidden: bot was kicked ...'}`. */
  | { kind: 'error'; code: number; description: string; parameters?: ErrorParameters; when?: When }
  /** The connection stays open and nothing comes, until the caller gives up, the server goes down or the fake closes. */
  | { kind: 'noAnswer'; when?: When }
  /** The connection is cut without an answer. */
  | { kind: 'cut'; when?: When };

/** The true answer, `delayMs` later by the fake's clock. The wait comes before the effect unless `when` says otherwise. */
export interface Slow {
  kind: 'slow';
  delayMs: number;
  when?: When;
}

export type Fault = Denial | Slow;

/** `parameters` of an error (Bot API, ResponseParameters). */
export interface ErrorParameters {
  retry_after?: number;
  migrate_to_chat_id?: number;
}

/**
 * Which calls are struck; what is not stated does not matter. Of several rules the oldest that strikes counts, and one
 * that lets a call pass leaves it to the next.
 */
export interface FaultRule {
  fault: Fault;
  /** The bot's token or id. */
  bot?: string | number;
  /** Names of methods, in any case. */
  methods?: readonly string[];
  /** Chats by id: calls with another `chat_id`, or with none, pass. A @username counts as the chat that has it. */
  chats?: readonly number[];
  /** How many of the calls that fit pass before the first is struck. */
  skip?: number;
  /** How many are struck at most. */
  times?: number;
  /** From 0 to 1, drawn for each call that fits; the same `seed` draws the same row. */
  probability?: number;
  /** 1 unless stated. */
  seed?: number;
  /** Milliseconds since 1970 by the fake's clock: from `fromMs` on, until before `untilMs`. */
  fromMs?: number;
  untilMs?: number;
  /** In place of `untilMs`: how long, from `fromMs` or from the adding of the rule, whichever is later. */
  forMs?: number;
}

/** A rule in force, with what it did so far. */
export interface ActiveRule extends Omit<FaultRule, 'forMs'> {
  id: number;
  /** Calls that fitted, struck or not. */
  seen: number;
  struck: number;
}

/** What a rule looks at. */
export interface Target {
  token: string;
  botId: number;
  method: string;
  chatId: number | undefined;
  atMs: number;
}

/** Whether the call is one that the rule is about; chance and counts come after. */
export function fits(rule: ActiveRule, { token, botId, method, chatId, atMs }: Target): boolean {
  if (rule.bot !== undefined && rule.bot !== token && String(rule.bot) !== String(botId)) return false;
  if (rule.methods && !rule.methods.some((name) => name.toLowerCase() === method.toLowerCase())) return false;
  if (rule.chats && (chatId === undefined || !rule.chats.includes(chatId))) return false;
  return atMs >= (rule.fromMs ?? -Infinity) && atMs < (rule.untilMs ?? Infinity);
}
