/** ACLs of a secured broker, set by its super user. */
import kafkajs, { type AclEntry } from 'kafkajs';
import type { KafkaAcl } from '../server.ts';

export interface AclDoor {
  brokers: string;
  ca: string;
  username: string;
  password: string;
}

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes, logLevel } = kafkajs;
const OPERATIONS = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Create: AclOperationTypes.CREATE,
  Delete: AclOperationTypes.DELETE,
  Alter: AclOperationTypes.ALTER,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
};

/** The user may do this and nothing else. */
export async function setAcls(door: AclDoor, user: string, acls: readonly KafkaAcl[]): Promise<void> {
  const { brokers, ca, username, password } = door;
  const sasl = { mechanism: 'scram-sha-512' as const, username, password };
  const admin = new kafkajs.Kafka({ brokers: [brokers], ssl: { ca }, sasl, logLevel: logLevel.NOTHING }).admin();
  const who = { principal: `User:${user}`, host: '*' };
  const any = {
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  };
  const acl = acls.flatMap(({ resource, name, pattern, operations }) =>
    operations.map((operation): AclEntry => {
      return {
        ...who,
        resourceType: resource === 'Topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
        resourceName: name,
        resourcePatternType: pattern === 'Literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
        operation: OPERATIONS[operation],
        permissionType: AclPermissionTypes.ALLOW,
      };
    }),
  );
  try {
    await admin.connect();
    await admin.deleteAcls({ filters: [{ ...any, ...who }] });
    if (acl.length > 0) await admin.createAcls({ acl });
  } finally {
    await admin.disconnect();
  }
}
