/** A group that shares has no detectors of its own: those that it had go, once nothing waits for them. */
import { deploymentsOf, type Deployment } from '../detectors.ts';
import type { GroupObjects } from '../group-objects.ts';
import type { Retire } from '../retire.ts';
import { yes, type Step } from '../work.ts';
import { sayShared } from './ensure-topic.ts';

const LOOK_AGAIN_MS = 2000;

export function createRetireDetectors({ retire, objects }: { retire: Retire; objects: GroupObjects }): Step {
  return async (work) => {
    if (work.place !== 'Shared' || !work.chat) return 'next';
    const retired = await retire(work, work.chat.groupId);
    sayShared(work);
    if (retired.state === 'waits') {
      work.waits.push(yes(retired.reason, retired.message));
      work.again(LOOK_AGAIN_MS);
      const find = (namespace: string, name: string) => objects.find<Deployment>('Deployment', { namespace, name });
      const rest = Object.values(deploymentsOf(work.group, find));
      work.status.replicas = rest.reduce((sum, { status }) => sum + (status?.replicas ?? 0), 0);
      return 'next';
    }
    work.status.replicas = 0;
    work.status.readyReplicas = 0;
    return 'next';
  };
}
