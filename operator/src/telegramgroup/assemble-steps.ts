/** The steps of a reconcile, in their order. Adding one: its file, its test, its line. */
import type { GroupId } from '@chatwarden/contracts';
import type { KubeClient } from '@chatwarden/kube';
import type { SettingsCache, Store } from '@chatwarden/store';
import type { Installation } from '../desired/installation.ts';
import type { GroupObjects } from './group-objects.ts';
import type { GroupIndex } from './group-index.ts';
import { whyNotReady } from './pods.ts';
import type { TopicDoor, TopicWatch } from './ports.ts';
import type { PublishersBehind } from './publishers-behind.ts';
import type { NamedStep } from './reconcile.ts';
import type { Retire } from './retire.ts';
import type { Rollouts } from './rollout/rollouts.ts';
import { createChoosePlace } from './steps/choose-place.ts';
import { createEnsureTopic } from './steps/ensure-topic.ts';
import { createFindGroup } from './steps/find-group.ts';
import { createHoldFinalizer } from './steps/hold-finalizer.ts';
import { createLockPolicy } from './steps/lock-policy.ts';
import { createNoteSteering } from './steps/note-steering.ts';
import { createOpenRoute } from './steps/open-route.ts';
import { createRetireDetectors } from './steps/retire-detectors.ts';
import { createRunDetectors } from './steps/run-detectors.ts';
import { createScaleDetectors } from './steps/scale-detectors.ts';
import { skipPaused } from './steps/skip-paused.ts';

export interface StepsDeps {
  client: KubeClient;
  objects: GroupObjects;
  store: Store;
  settings: SettingsCache;
  topics: TopicDoor;
  watch: TopicWatch;
  index: GroupIndex;
  rollouts: Rollouts;
  retire: Retire;
  publishersBehind: PublishersBehind;
  installation: Installation;
  cluster: string | undefined;
  claims: boolean;
  ceiling: number;
  recommendAt: number;
  rateOf(groupId: GroupId): number | undefined;
  wake(keys: readonly string[]): void;
}

export function assembleSteps(deps: StepsDeps): readonly NamedStep[] {
  const { client, index } = deps;
  return [
    { name: 'skip-paused', run: skipPaused },
    { name: 'find-group', run: createFindGroup({ ...deps, eldestOf: index.eldestOf }) },
    { name: 'hold-finalizer', run: createHoldFinalizer(client) },
    { name: 'note-steering', run: createNoteSteering(deps) },
    { name: 'lock-policy', run: createLockPolicy(deps.store) },
    { name: 'choose-place', run: createChoosePlace({ ...deps, isWithinCeiling: index.isWithinCeiling }) },
    { name: 'ensure-topic', run: createEnsureTopic(deps) },
    { name: 'run-detectors', run: createRunDetectors({ ...deps, whyNotReady: (group) => whyNotReady(client, group) }) },
    { name: 'scale-detectors', run: createScaleDetectors(deps) },
    { name: 'open-route', run: createOpenRoute(deps) },
    { name: 'retire-detectors', run: createRetireDetectors(deps) },
  ];
}
