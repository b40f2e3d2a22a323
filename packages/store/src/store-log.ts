/** The part of a logger that the store needs. */
export interface StoreLog {
  warn(context: object, message: string): void;
}
