/** Who is in a group, as its coordinator has it. */
import kafkajs, { type GroupDescription, type MemberDescription } from 'kafkajs';
import type { AdminDoor } from '../connect/admin-door.ts';
import type { TopicGroup } from './positions.ts';

export interface GroupMember {
  clientId: string;
  /** Address that it connects from. */
  host: string;
  /** Of the topic, assigned to it; 0 while the group settles who has which. */
  partitions: number;
}

/** kafkajs leaves these out of its index. */
const GROUP_ID_NOT_FOUND = 69;

/** Also those that are joining. */
export async function readMembers(admin: AdminDoor, { topicName, groupId }: TopicGroup): Promise<GroupMember[]> {
  const { groups } = await admin((client) => client.describeGroups([groupId]));
  return groups.flatMap((group) => membersOf(group, topicName));
}

function membersOf({ members }: GroupDescription, topicName: string): GroupMember[] {
  return members.map((member) => ({
    clientId: member.clientId,
    host: member.clientHost,
    partitions: partitionsOf(member, topicName),
  }));
}

function partitionsOf({ memberAssignment }: MemberDescription, topicName: string): number {
  if (memberAssignment.length === 0) return 0;
  const decoded = kafkajs.AssignerProtocol.MemberAssignment.decode(memberAssignment);
  return decoded?.assignment[topicName]?.length ?? 0;
}

/** Its positions go with it. Rejects while it has members; one that is not there is passed over. */
export async function removeGroup(admin: AdminDoor, { groupId }: TopicGroup): Promise<void> {
  try {
    await admin((client) => client.deleteGroups([groupId]));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function isNotFound(error: unknown): boolean {
  const groups = (error as { groups?: { errorCode?: unknown }[] } | null)?.groups;
  return groups !== undefined && groups.every(({ errorCode }) => errorCode === GROUP_ID_NOT_FOUND);
}
