/** Faults over HTTP, beside the verbs of the human side. */
import type { FastifyInstance } from 'fastify';
import type { Faults } from './faults.ts';
import type { FaultRule } from './rule.ts';
import { FAULT_ID_SCHEMA, FAULT_RULE_SCHEMA } from './schemas.ts';

export function serveFaults(app: FastifyInstance, faults: Faults): void {
  app.post<{ Body: FaultRule }>('/fault', { schema: { body: FAULT_RULE_SCHEMA } }, async ({ body }) => ({
    result: faults.add(body),
  }));
  app.get('/faults', async () => ({ down: faults.down, rules: faults.list() }));
  app.post<{ Body: { id: number } }>('/removeFault', { schema: { body: FAULT_ID_SCHEMA } }, async ({ body }) => {
    faults.remove(body.id);
    return { result: true };
  });
  app.post('/clearFaults', async () => {
    faults.clear();
    return { result: true };
  });
  app.post('/goDown', async () => {
    faults.goDown();
    return { result: true };
  });
  app.post('/comeBack', async () => {
    faults.comeBack();
    return { result: true };
  });
}
