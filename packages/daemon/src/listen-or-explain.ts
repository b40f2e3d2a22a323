import { Failure } from '@chatwarden/contracts';

const EXPLANATIONS: Readonly<Record<string, (port: number, variable: string) => string>> = {
  EADDRINUSE: (port, variable) => `port ${port} is busy: set ${variable} to another one`,
  EACCES: (port, variable) => `port ${port} needs rights that this process lacks: set ${variable} to one above 1023`,
};

/**
 * Listens, and when the port cannot be had says which variable to change.
 * Rejects with Failure `portUnavailable` (never); any other error is passed on.
 */
export async function listenOrExplain<T>(variable: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const explain = EXPLANATIONS[(error as NodeJS.ErrnoException | null)?.code ?? ''];
    if (!explain) throw error;
    throw new Failure('portUnavailable', 'never', { message: explain(port, variable), cause: error });
  }
}
