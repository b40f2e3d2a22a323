/**
 * The conditions of a status, by the API conventions and as kstatus reads them: Reconciling and Stalled say what is not
 * normal, Ready sums up, and a condition whose status does not flip keeps its time.
 */
import { CONDITION_TYPES, type Condition, type ConditionType } from '@chatwarden/contracts';
import { setCondition } from '@chatwarden/kube';
import { no, unknown, yes, type Said, type Work } from './work.ts';

/** Those that Ready needs. The others inform. */
const NEEDED: readonly ConditionType[] = ['ConfigurationValid', 'TopicReady', 'WorkloadAvailable'];

export function conditionsOf(work: Work): Condition[] {
  const before = new Map((work.group.status?.conditions ?? []).map((condition) => [condition.type, condition]));
  const said = new Map<ConditionType, Said>(work.said);
  summarize(said, work);
  const { generation: observedGeneration } = work.group.metadata;
  return CONDITION_TYPES.flatMap((type) => {
    const former = before.get(type);
    const now = said.get(type) ?? former ?? unknown('NotObserved', 'the operator has not looked at this yet');
    const { status, reason, message } = now;
    const next = { type, status, reason, message, observedGeneration };
    return setCondition(former ? [former] : [], next, work.now);
  });
}

function summarize(said: Map<ConditionType, Said>, work: Work): void {
  const [stall] = work.stalls;
  const [wait] = work.waits;
  said.set('Stalled', stall ? yes(stall.reason, stall.message) : no('NotStalled', ''));
  said.set('Reconciling', wait ? yes(wait.reason, wait.message) : no('UpToDate', ''));
  if (!said.has('Paused')) said.set('Paused', no('NotPaused', ''));
  if (said.get('Paused')?.status === 'True') return void said.set('Ready', readyWhilePaused(work));
  const missing = NEEDED.map((type) => said.get(type)).find((one) => one !== undefined && one.status !== 'True');
  if (missing) return void said.set('Ready', { ...missing });
  if (stall) return void said.set('Ready', no(stall.reason, stall.message));
  // What works while something is renewed is ready; that it is renewed Reconciling tells.
  if (wait && !isServing(work)) return void said.set('Ready', no(wait.reason, wait.message));
  said.set('Ready', yes(work.place ?? 'Ready', readyMessage(work)));
}

/** Nobody looked: what was true is told on. */
function readyWhilePaused({ group }: Work): Said {
  const former = group.status?.conditions?.find(({ type }) => type === 'Ready');
  return former ?? unknown('Paused', 'the operator was told to leave this group alone before it had looked at it');
}

function isServing({ said }: Work): boolean {
  return said.get('WorkloadAvailable')?.status === 'True';
}

function readyMessage({ place }: Work): string {
  if (place === 'Dedicated') return 'its own detectors judge this group';
  return 'the shared detectors judge this group';
}
