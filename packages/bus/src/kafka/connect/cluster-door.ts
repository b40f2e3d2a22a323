/**
 * kafkajs's Cluster, which its clients keep to themselves: an admin client asks about one topic at a time, in five requests,
 * where a broker would answer for all topics at once. Topics are not named to it, so that it knows all there are at each
 * refresh, and one that is removed does no harm.
 */
import type { Kafka } from 'kafkajs';
import { explained } from './explain.ts';
import { whenReady } from './when-ready.ts';

export interface OffsetsWanted {
  topic: string;
  partitions: { partition: number }[];
  /** The first record that is left; otherwise the end, or with a time the first record since then. */
  fromBeginning?: boolean;
  fromTimestamp?: number;
}

export interface TopicOffsets<Partition = { partition: number; offset: string }> {
  topic: string;
  partitions: Partition[];
}

export interface Coordinator {
  nodeId: number;
  offsetFetch(of: {
    groupId: string;
    topics: { topic: string; partitions: { partition: number }[] }[];
  }): Promise<{ responses: TopicOffsets<{ partition: number; offset: string; metadata: string | null }>[] }>;
}

/** The part of it that is used. */
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Of all topics, as long as none was named. */
  refreshMetadata(): Promise<void>;
  /** Empty for a topic that is not there. */
  findTopicPartitionMetadata(topic: string): { partitionId: number }[];
  /** One request to each broker that leads one of the partitions; -1 where nothing is as young as the time. */
  fetchTopicsOffset(wanted: readonly OffsetsWanted[]): Promise<TopicOffsets[]>;
  /** Asks for it each time. */
  findGroupCoordinator(of: { groupId: string }): Promise<Coordinator>;
  findBroker(of: { nodeId: number }): Promise<Coordinator>;
}

/** Asks again while the cluster says "not yet", for a few seconds. Rejects with a Failure where it refuses us. */
export type ClusterDoor = <T>(ask: (cluster: Cluster) => Promise<T>) => Promise<T>;

const CREATE_CLUSTER = 'private:Kafka:createCluster';

/** Opens nothing: the first question connects. */
export function openClusterDoor(kafka: Kafka): { cluster: ClusterDoor; closeCluster(): Promise<void> } {
  let open: Promise<Cluster> | undefined;

  async function cluster<T>(ask: (cluster: Cluster) => Promise<T>): Promise<T> {
    const mine = (open ??= connect(kafka));
    const connected = await mine.catch((error: unknown) => {
      if (open === mine) open = undefined;
      throw explained(error);
    });
    return whenReady(() => ask(connected)).catch((error: unknown) => {
      throw explained(error);
    });
  }

  const closeCluster = async () => {
    const connected = await open?.catch(() => undefined);
    await connected?.disconnect();
  };
  return { cluster, closeCluster };
}

type CreateCluster = (options: { allowAutoTopicCreation: boolean }) => Cluster;

async function connect(kafka: Kafka): Promise<Cluster> {
  const name = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER);
  if (name === undefined) throw new Error(`this kafkajs has no ${CREATE_CLUSTER}`);
  const create = (kafka as unknown as Record<symbol, CreateCluster>)[name];
  const cluster = create?.({ allowAutoTopicCreation: false });
  if (!cluster) throw new Error(`this kafkajs makes no cluster by ${CREATE_CLUSTER}`);
  await cluster.connect();
  return cluster;
}
