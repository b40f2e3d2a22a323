/** What every shipper is asked to do, and what is told of it. */
export interface Job {
  /** NDJSON, one ECS document a line, each with an event.id of its own. */
  file: string;
  events: number;
  /** The same with other events: they go the same way first, and nothing is measured. */
  warmUp: { file: string; events: number };
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
  /** Of each process while it shipped. */
  cpu: CpuUse;
  peakMb: number;
}

/** In seconds. */
export interface CpuUse {
  shipper: number;
  /** Undefined where it runs in Docker, and for who does not use it. */
  kafka?: number | undefined;
  openSearch?: number | undefined;
}

export interface Shipper {
  name: string;
  /** Why it cannot run here, and what would help. */
  missing(): string | undefined;
  run(job: Job): Promise<Measured>;
}
