import { Failure } from '@chatwarden/contracts';

/** Listens, or says which variable to set when the port is taken. Rejects with Failure `portBusy` (never). */
export async function listenOrExplain<T>(variable: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'may not be used by this account' : 'is busy';
    throw new Failure('portBusy', 'never', {
      message: `port ${port} ${why}: set ${variable} to another one, such as ${variable}=${port === 0 ? 3001 : port + 1000}`,
      cause: error,
    });
  }
}
