/**
 * Operating failures answer the caller's question: again now, later, or never.
 * `later` means that a dependency is away; it never counts towards poison.
 */
export type RetryClass = 'now' | 'later' | 'never';

export class Failure extends Error {
  readonly code: string;
  readonly retry: RetryClass;

  constructor(code: string, retry: RetryClass, options: { message: string; cause?: unknown }) {
    super(options.message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.retry = retry;
  }
}

/** What is not a Failure is a surprise, and a surprise is tried again now, a bounded number of times. */
export function retryClassOf(error: unknown): RetryClass {
  return error instanceof Failure ? error.retry : 'now';
}

export function codeOf(error: unknown): string {
  return error instanceof Failure ? error.code : 'unexpected';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
