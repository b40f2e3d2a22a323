/** The autoscaler of a dedicated group, and what it says of itself. */
import { dedicatedTopic, type TelegramGroup } from '@chatwarden/contracts';
import type { KubeObject } from '@chatwarden/kube';
import { buildHorizontalPodAutoscaler, buildScaledObject, type AutoscalerOptions } from '../../desired/autoscaler.ts';
import type { Installation } from '../../desired/installation.ts';
import { detectorName } from '../../desired/names.ts';
import type { GroupObjects } from '../group-objects.ts';
import type { TopicDoor, TopicWatch } from '../ports.ts';
import { no, say, unknown, yes, type Said, type Step, type Work } from '../work.ts';

export interface ScaleDetectorsDeps {
  objects: GroupObjects;
  installation: Installation;
  topics: Pick<TopicDoor, 'names'>;
  watch: Pick<TopicWatch, 'factsOf' | 'lateSince'>;
}

interface Conditioned extends KubeObject {
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] };
}

export type Engine = 'KEDA' | 'HPA';

export function createScaleDetectors({ objects, installation, topics, watch }: ScaleDetectorsDeps): Step {
  return async (work) => {
    const { group, chat, sizing, rollout } = work;
    if (work.place !== 'Dedicated' || !chat || !sizing || !rollout) return 'next';
    const engine = engineOf(group, objects);
    if (engine === 'KEDA' && !objects.knows('ScaledObject')) {
      const message = 'this cluster has no KEDA: install it, or set spec.autoscaling.engine to HPA or leave it out';
      say(work, 'ScalingActive', no('NoKeda', message));
      return 'next';
    }
    const options: AutoscalerOptions = {
      colour: rollout.active,
      sizing,
      held: rollout.held,
      ...topics.names(dedicatedTopic(chat.groupId)),
    };
    const build = engine === 'KEDA' ? buildScaledObject : buildHorizontalPodAutoscaler;
    await objects.remove(engine === 'KEDA' ? 'HorizontalPodAutoscaler' : 'ScaledObject', at(group));
    await objects.apply(build(group, installation, options));
    say(work, 'ScalingActive', rollout.held ? no('Held', 'nothing is scaled during a switch') : read(group, engine));
    const throughput = throughputOf(work);
    if (throughput) say(work, 'ThroughputMet', throughput);
    return 'next';
  };

  /** What the autoscaler itself says; what cannot be read is not known, never false. */
  function read(group: TelegramGroup, engine: Engine): Said {
    const name = engine === 'KEDA' ? `keda-hpa-${detectorName(group)}` : detectorName(group);
    const scaled = engine === 'KEDA' ? objects.find<Conditioned>('ScaledObject', at(group)) : undefined;
    const fallback = scaled?.status?.conditions?.find(({ type }) => type === 'Fallback');
    if (fallback?.status === 'True') {
      return no('Fallback', 'KEDA cannot read the lag from Kafka and takes no replicas away: look at its operator log');
    }
    const hpa = objects.find<Conditioned>('HorizontalPodAutoscaler', { ...at(group), name });
    const active = hpa?.status?.conditions?.find(({ type }) => type === 'ScalingActive');
    if (!active) return unknown('Starting', `the autoscaler (${engine}) has not said anything yet`);
    if (active.status !== 'True') return no(active.reason ?? 'Inactive', active.message ?? '');
    const able = hpa?.status?.conditions?.find(({ type }) => type === 'AbleToScale');
    if (able && able.status !== 'True') return no(able.reason ?? 'NotAble', able.message ?? '');
    return yes(engine, engine === 'KEDA' ? 'scaled by the lag of the topic' : 'scaled by CPU');
  }

  /** Undefined until the topic has been looked at: what was said before is told on. */
  function throughputOf({ chat, group, sizing, partitions = 0, status }: Work): Said | undefined {
    const facts = chat && watch.factsOf(chat.groupId);
    if (!chat || !facts || !sizing) return undefined;
    const replicas = status.replicas ?? 0;
    const since = watch.lateSince(chat.groupId);
    if (since === undefined) {
      if (sizing.partitionsForBurst <= partitions) return yes('KeepingUp');
      const message = `bursts will have to wait: they ask for ${sizing.partitionsForBurst} partitions, set spec.partitions`;
      return yes('KeepingUp', message);
    }
    const late = `messages wait since ${new Date(since).toISOString().slice(0, 16)}Z`;
    if (replicas >= partitions) {
      const message = `${late} and every partition has a detector of its own: raise spec.partitions above ${partitions}`;
      return no('AtPartitionLimit', message);
    }
    if (replicas >= sizing.maxReplicas) {
      const field =
        group.spec.autoscaling.maxReplicas === undefined ? 'spec.throughput' : 'spec.autoscaling.maxReplicas';
      return no('AtReplicaLimit', `${late} and there are as many detectors as may be: raise ${field}`);
    }
    return no('CatchingUp', `${late}; the autoscaler adds detectors`);
  }
}

export function engineOf({ spec }: TelegramGroup, objects: Pick<GroupObjects, 'knows'>): Engine {
  return spec.autoscaling.engine ?? (objects.knows('ScaledObject') ? 'KEDA' : 'HPA');
}

function at(group: TelegramGroup) {
  return { namespace: group.metadata.namespace, name: detectorName(group) };
}
