import { Type } from 'typebox';
import { GroupId, Id, Millis, Revision } from './ids.ts';
import { Traceparent } from './trace.ts';

/** What every event, verdict and action carries. Spread into the record's own schema. */
export const envelope = {
  id: Id,
  groupId: GroupId,
  botId: Type.Integer({ description: "Telegram id of the group's bot" }),
  chatId: Type.Integer({ description: 'Telegram id of the chat at that time' }),
  occurredAt: Millis,
  receivedAt: Millis,
  traceparent: Traceparent,
  revision: Revision,
};
