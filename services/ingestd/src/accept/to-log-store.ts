/** Without Kafka: durable when the store has written them, so the answer knows duplicates and the store's refusals. */
import { Failure, type LogDocument } from '@chatwarden/contracts';
import type { LogStore } from '@chatwarden/logstore';
import type { AcceptedDocument, Durable } from './durable.ts';

export function createLogStoreDurable(logStore: Pick<LogStore, 'write'>): Durable {
  return {
    async keep(documents) {
      const outcomes = await logStore.write(documents.map(toDocument));
      if (outcomes.length !== documents.length) {
        const message = `${outcomes.length} outcomes for ${documents.length} documents`;
        throw new Failure('logStoreShort', 'later', { message });
      }
      let duplicates = 0;
      const refused: { index: number; reason: string }[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.result === 'duplicate') duplicates += 1;
        if (outcome.result === 'refused') refused.push({ index, reason: outcome.reason });
      }
      return { duplicates, refused };
    },
  };
}

/** It finds the same id that the door found: both ask `documentId`. */
function toDocument({ line }: AcceptedDocument): LogDocument {
  return JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.length).toString()) as LogDocument;
}
