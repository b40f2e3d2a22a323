export { manualClock, systemClock, type Clock, type ManualClock } from './clock.ts';
export { createFakeTelegram, type FakeTelegram, type FakeTelegramOptions } from './fake-telegram.ts';
export type { Faults } from './faults/faults.ts';
export type { ActiveRule, Fault, FaultRule, When } from './faults/rule.ts';
export { HumanError, type HumanErrorCode } from './human/errors.ts';
export type { Human } from './human/human.ts';
export type { Said, Talk } from './human/talk.ts';
export type { ApiCall, Delivery, Effect, EffectKind, InjectedFault } from './world/record.ts';
export type { ChatKey, Press, StoredMessage } from './world/world.ts';
