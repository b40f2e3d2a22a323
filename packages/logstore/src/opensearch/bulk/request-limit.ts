/**
 * How many bulk requests may be under way: additive increase, multiplicative decrease. What waits inside OpenSearch is
 * estimated as TCP Vegas does it: with `fastest` as the time that an idle server takes, limit * (1 - fastest / recent)
 * requests are queueing. Few: one more may go. Many, or a refusal: fewer, once for all requests that saw the same state.
 * Under steady load the fastest time is never seen again, so that now and then it is measured anew, one at a time.
 * Source: Brakmo, Peterson, "TCP Vegas", 1995. Pure state; time comes as measurements.
 */
export interface Ticket {
  /** Counts decreases; a request that began before the last one has nothing new to say about what is now. */
  state: number;
  /** Whether every place was taken when it began: otherwise its speed proves nothing about one more. */
  full: boolean;
}

export interface RequestLimit {
  /** Whole requests, at least 1. */
  current(): number;
  /** For a request that begins while `others` are under way. */
  ticket(others: number): Ticket;
  answered(ticket: Ticket, measured: { ms: number; bytes: number }): void;
  refused(ticket: Ticket): void;
}

const START = 2;
const QUEUED_FEW = 1;
const QUEUED_MANY = 3;
const AFTER_SLOW = 0.9;
const AFTER_REFUSAL = 0.5;
/** Weight of a new measurement. */
const RECENT = 0.3;
/** Answers until the fastest time is measured anew; growing back takes a few dozen. */
const MEASURE_EVERY = 1000;
/** A request costs about as much as this many bytes, however small it is. */
const BYTES_OF_A_REQUEST = 256 * 1024;

export function createRequestLimit(max: number): RequestLimit {
  let limit = Math.min(START, max);
  let state = 0;
  let recent: number | undefined;
  let fastest = Infinity;
  let answers = 0;

  function shrink(ticket: Ticket, factor: number): void {
    if (ticket.state !== state) return;
    state++;
    limit = Math.max(1, limit * factor);
  }

  function answered(ticket: Ticket, { ms, bytes }: { ms: number; bytes: number }): void {
    if (ticket.state !== state) return;
    const cost = Math.max(ms, 1) / (1 + bytes / BYTES_OF_A_REQUEST);
    recent = recent === undefined ? cost : recent + RECENT * (cost - recent);
    fastest = Math.min(fastest, recent);
    const queued = limit * (1 - fastest / recent);
    if (queued > QUEUED_MANY) shrink(ticket, AFTER_SLOW);
    else if (queued < QUEUED_FEW && ticket.full) limit = Math.min(max, limit + 1 / limit);
    if (++answers % MEASURE_EVERY === 0) measureAnew();
  }

  function measureAnew(): void {
    state++;
    limit = 1;
    recent = undefined;
    fastest = Infinity;
  }

  return {
    current: () => Math.floor(limit),
    ticket: (others) => ({ state, full: others + 1 >= Math.floor(limit) }),
    answered,
    refused: (ticket) => shrink(ticket, AFTER_REFUSAL),
  };
}
