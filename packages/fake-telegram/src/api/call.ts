/** What a method is made of. */
import type { SendLimit } from '../flood.ts';
import type { Webhooks } from '../webhook/webhooks.ts';
import type { Bot, World } from '../world/world.ts';
import type { Api, Input, MethodName } from './parameters.ts';
import type { Polls } from './polls.ts';

/** One call: who calls, and what it may touch. */
export interface Call {
  world: World;
  bot: Bot;
  sendLimit: SendLimit;
  polls: Polls;
  webhooks: Webhooks;
  /** Runs the listener when the caller's connection closes, be it before or after the answer. */
  onDisconnect(listener: () => void): void;
}

type Answer<M extends MethodName> = ReturnType<Api[M]>;
export type Handler<M extends MethodName> = (call: Call, input: Input<M>) => Answer<M> | Promise<Answer<M>>;
/** What a table must satisfy: parameters and answers are those of @grammyjs/types. */
export type Methods = { [M in MethodName]?: Handler<M> };
