export {
  createController,
  type Controller,
  type ControllerOptions,
  type Reconcile,
  type Reconciled,
} from './controller.ts';
export type { Health } from './health.ts';
export { lead, type LeadOptions } from './lead.ts';
export { createOwnWrites, type OwnWrites, type OwnWritesOptions } from './own-writes.ts';
export type { ResyncOptions } from './resync.ts';
export {
  createStatusWriter,
  type StatusWriter,
  type StatusWriterOptions,
  type WithStatus,
  type Written,
} from './status-writer.ts';
export type { Priority } from './lines.ts';
export { createWorkQueue, type WorkQueue, type WorkQueueOptions } from './work-queue.ts';
