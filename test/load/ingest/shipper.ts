/** What every shipper is asked to do, and what is told of it. */
export interface Job {
  /** NDJSON, one ECS document a line, each with an event.id of its own. */
  file: string;
  events: number;
  /** Events that travel together. */
  batch: number;
  openSearchUrl: string;
  brokers: string;
  /** Where a shipper that can choose the index puts its documents. */
  index: string;
}

export interface Measured {
  /** Until the sender may forget every event; absent where a shipper never says so. */
  acceptedSeconds?: number;
  indexedSeconds: number;
  /** Of the shipper's processes, start left out. */
  cpuSeconds: number;
  peakMb: number;
}

export interface Shipper {
  name: string;
  /** Why it cannot run here, and what would help. */
  missing(): string | undefined;
  run(job: Job): Promise<Measured>;
}
