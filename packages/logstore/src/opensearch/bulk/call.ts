import { Failure } from '@chatwarden/contracts';
import type { RawDocument } from '../../documents.ts';
import type { ItemOutcome } from '../../log-store.ts';
import { bytesOf, faultOf } from './bulk-body.ts';

/** One call of writeDocuments. */
export interface Call {
  /** Resolves when every document has its outcome; rejects with Failure (later) when the signal aborts before. */
  readonly finished: Promise<ItemOutcome[]>;
  /** Nobody waits any longer. */
  isOver(): boolean;
  settle(position: number, outcome: ItemOutcome): void;
}

/** A document that may travel. */
export interface Entry {
  readonly call: Call;
  /** In the call. */
  readonly position: number;
  readonly document: RawDocument;
  /** Within a body. */
  readonly bytes: number;
  /** How often OpenSearch has put this document off. */
  failures: number;
}

export interface CallOptions {
  documents: number;
  signal: AbortSignal;
  onGivenUp(call: Call): void;
}

export function openCall({ documents, signal, onGivenUp }: CallOptions): Call {
  const { promise, resolve, reject } = Promise.withResolvers<ItemOutcome[]>();
  const outcomes: ItemOutcome[] = [];
  let open = documents;
  let over = false;

  function end(): void {
    over = true;
    signal.removeEventListener('abort', giveUp);
  }

  function giveUp(): void {
    end();
    reject(new Failure('opensearchAway', 'later', { message: 'OpenSearch has not taken every document in time' }));
    onGivenUp(call);
  }

  function settle(position: number, outcome: ItemOutcome): void {
    if (over) return;
    outcomes[position] = outcome;
    if (--open > 0) return;
    end();
    resolve(outcomes);
  }

  const call: Call = { finished: promise, isOver: () => over, settle };
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  return call;
}

/** What could spoil a body is refused here and never travels. */
export function toEntries(documents: readonly RawDocument[], call: Call): Entry[] {
  const entries: Entry[] = [];
  for (const [position, document] of documents.entries()) {
    const fault = faultOf(document);
    if (fault === undefined) entries.push({ call, position, document, bytes: bytesOf(document), failures: 0 });
    else call.settle(position, { id: document.id, result: 'refused', reason: fault });
  }
  return entries;
}
