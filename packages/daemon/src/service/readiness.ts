/** What /readyz of a service says: what it still waits for at start, then every condition that it named. */
import { messageOf } from '@chatwarden/contracts';
import type { Condition } from '../health-server.ts';

type Check = () => unknown;

export function createReadiness() {
  const checks: { name: string; check: Check }[] = [];
  let opening: Condition | undefined = { name: 'started', ok: false, reason: 'still starting' };

  async function ask({ name, check }: (typeof checks)[number]): Promise<Condition> {
    try {
      const note = await check();
      return { name, ok: true, ...(typeof note === 'string' ? { note } : {}) };
    } catch (error) {
      return { name, ok: false, reason: messageOf(error) };
    }
  }

  return {
    readyWhen: (name: string, check: Check) => void checks.push({ name, check }),
    waitingFor: (what: string, reason: string) => void (opening = { name: what, ok: false, reason }),
    started: () => void (opening = undefined),
    conditions: async (): Promise<Condition[]> => [
      ...(opening ? [opening] : []),
      ...(await Promise.all(checks.map((check) => ask(check)))),
    ],
  };
}
