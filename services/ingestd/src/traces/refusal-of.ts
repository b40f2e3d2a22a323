/** What an error on the way to the route means for the sender: its status, and words that give nothing away. */
import { messageOf } from '@chatwarden/contracts';
import { fieldsOf } from './read-value.ts';

export interface Refused {
  status: number;
  message: string;
  retryAfterS?: number;
}

/** Of fastify's own errors, and of those that carry a problem document as `problem`. */
export function refusalOf(error: unknown): Refused {
  const { problem, statusCode } = fieldsOf(error);
  const { status, title, retryAfterS } = fieldsOf(problem);
  if (typeof status === 'number') {
    const again = typeof retryAfterS === 'number' ? { retryAfterS } : {};
    return { status, message: typeof title === 'string' ? title : messageOf(error), ...again };
  }
  if (typeof statusCode === 'number' && statusCode < 500) return { status: statusCode, message: messageOf(error) };
  return { status: 500, message: 'something went wrong here' };
}
