import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

it('measures the process itself only when asked to', async () => {
  const service = { name: 'bot' };
  expect(await createMetrics({ service }).registry.metrics()).not.toContain('process_cpu');
  expect(await createMetrics({ service, processMetrics: true }).registry.metrics()).toContain('process_cpu');
});
