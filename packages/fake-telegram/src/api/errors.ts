/** Errors as the Bot API words them: the description starts with the name of the code. */
export class ApiError extends Error {
  /** Named as Fastify wants it. */
  readonly statusCode: number;
  readonly retryAfterS: number | undefined;
  /** Where a group has gone that became a supergroup. */
  migrateToChatId: number | undefined;

  constructor(statusCode: number, description: string, retryAfterS?: number) {
    super(description);
    this.statusCode = statusCode;
    this.retryAfterS = retryAfterS;
  }

  /** The body of the answer. */
  toAnswer() {
    const parameters = {
      ...(this.retryAfterS === undefined ? {} : { retry_after: this.retryAfterS }),
      ...(this.migrateToChatId === undefined ? {} : { migrate_to_chat_id: this.migrateToChatId }),
    };
    const described = { ok: false as const, error_code: this.statusCode, description: this.message };
    return Object.keys(parameters).length > 0 ? { ...described, parameters } : described;
  }
}

export const badRequest = (text: string) => new ApiError(400, `Bad Request: ${text}`);
export const unauthorized = () => new ApiError(401, 'Unauthorized');
export const forbidden = (text: string) => new ApiError(403, `Forbidden: ${text}`);
export const notFound = (text?: string) => new ApiError(404, text ? `Not Found: ${text}` : 'Not Found');
export const conflict = (text: string) => new ApiError(409, `Conflict: ${text}`);
export const tooManyRequests = (retryAfterS: number) =>
  new ApiError(429, `Too Many Requests: retry after ${retryAfterS}`, retryAfterS);

export function migrated(migrateToChatId: number): ApiError {
  const error = badRequest('group chat was upgraded to a supergroup chat');
  error.migrateToChatId = migrateToChatId;
  return error;
}
