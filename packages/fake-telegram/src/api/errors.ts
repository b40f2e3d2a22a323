/** Errors as the Bot API words them: the description starts with the name of the code. */
export class ApiError extends Error {
  /** Named as Fastify wants it. */
  readonly statusCode: number;
  readonly retryAfterS: number | undefined;

  constructor(statusCode: number, description: string, retryAfterS?: number) {
    super(description);
    this.statusCode = statusCode;
    this.retryAfterS = retryAfterS;
  }

  /** The body of the answer. */
  toAnswer() {
    const parameters = this.retryAfterS === undefined ? {} : { parameters: { retry_after: this.retryAfterS } };
    return { ok: false as const, error_code: this.statusCode, description: this.message, ...parameters };
  }
}

export const badRequest = (text: string) => new ApiError(400, `Bad Request: ${text}`);
export const unauthorized = () => new ApiError(401, 'Unauthorized');
export const forbidden = (text: string) => new ApiError(403, `Forbidden: ${text}`);
export const notFound = (text?: string) => new ApiError(404, text ? `Not Found: ${text}` : 'Not Found');
export const conflict = (text: string) => new ApiError(409, `Conflict: ${text}`);
export const tooManyRequests = (retryAfterS: number) =>
  new ApiError(429, `Too Many Requests: retry after ${retryAfterS}`, retryAfterS);
