/** What each process does at Kafka, and the ACLs that are enough for it: test/e2e/kafka-access.test.ts runs with these alone. */

export interface Acl {
  resource: 'Topic' | 'Group';
  /** Without KAFKA_PREFIX; `Prefixed`: of all whose names begin so. */
  name: string;
  pattern: 'Literal' | 'Prefixed';
  operations: readonly Operation[];
}

/** As kafka-acls takes them. Describe comes with each of the others but for Create and DescribeConfigs. */
export type Operation = 'Read' | 'Write' | 'Create' | 'Delete' | 'Alter' | 'Describe' | 'DescribeConfigs';

interface Access {
  about: string;
  /** Topics that it looks at when it starts, and makes where they are missing; with their dead letters. */
  opens?: readonly string[];
  publishes?: readonly string[];
  /** Topic, and the group without the topic's name. */
  consumes?: readonly (readonly [topic: string, group: string])[];
  /** How far others have got. */
  watches?: readonly (readonly [topic: string, group: string])[];
  /** What does not follow from the above. */
  more?: readonly Acl[];
}

/** The topics of dedicated groups. */
const OWN = 'events.g.';
const OF_GROUPS = ['events', 'verdicts', 'actions'];
const OF_LOGS = ['logs', 'logs.refused'];
const DETECT = 'alertd-detect';

export const ACCESS = {
  bot: {
    about: 'the bot',
    opens: OF_GROUPS,
    publishes: ['events', OWN, 'verdicts', 'actions'],
    consumes: [['verdicts', 'bot-plan']],
  },
  detect: {
    about: 'alertd with the role `detect`, for all groups that share, and what others have left in topics of their own',
    opens: OF_GROUPS,
    publishes: ['verdicts'],
    consumes: [
      ['events', DETECT],
      [OWN, DETECT],
    ],
  },
  detector: {
    about: 'detectors that the operator makes for dedicated groups',
    opens: OF_GROUPS,
    publishes: ['verdicts'],
    consumes: [[OWN, DETECT]],
  },
  journal: {
    about: 'alertd with the role `journal`',
    opens: OF_GROUPS,
    consumes: [
      ['verdicts', 'alertd-journal'],
      ['actions', 'alertd-journal'],
    ],
  },
  llm: {
    about: 'alertd with the role `llm`',
    opens: OF_GROUPS,
    publishes: ['verdicts'],
    consumes: [['verdicts', 'alertd-llm']],
  },
  ingestd: {
    about: 'ingestd with both roles',
    opens: OF_LOGS,
    publishes: OF_LOGS,
    consumes: [['logs', 'ingestd-index']],
  },
  'ingestd-replay': {
    about: '`ingestd replay`',
    opens: OF_LOGS,
    publishes: ['logs'],
    consumes: [['logs.refused', 'ingestd-replay']],
  },
  operator: {
    about: 'the operator',
    more: [
      topic(OWN, 'Prefixed', ['Create', 'Alter', 'Delete', 'DescribeConfigs']),
      group(DETECT, OWN, ['Describe', 'Delete']),
    ],
  },
  keda: { about: 'KEDA, by `KEDA_AUTHENTICATION` of the operator', watches: [[OWN, DETECT]] },
} satisfies Record<string, Access>;

export type Process = keyof typeof ACCESS;

/** `create`: for topics that are not there yet. Who makes them beforehand leaves it out. */
export function aclsOf(process: Process, { create = true } = {}): Acl[] {
  const { opens = [], publishes = [], consumes = [], watches = [], more = [] }: Access = ACCESS[process];
  const look: Operation[] = create ? ['Create', 'Describe', 'DescribeConfigs'] : ['Describe', 'DescribeConfigs'];
  return merge([
    ...opens.flatMap((name) => [topic(name, 'Literal', look), topic(`${name}.dead`, 'Literal', look)]),
    ...publishes.map((name) => topic(name, patternOf(name), ['Write'])),
    ...consumes.flatMap(([name, of]) => [
      topic(name, patternOf(name), ['Read']),
      // Poison goes there. What begins like a topic of a group has its dead letters among it.
      topic(name === OWN ? OWN : `${name}.dead`, patternOf(name), ['Write']),
      group(of, name, ['Read']),
    ]),
    ...watches.flatMap(([name, of]) => [topic(name, patternOf(name), ['Describe']), group(of, name, ['Describe'])]),
    ...more,
  ]);
}

function topic(name: string, pattern: Acl['pattern'], operations: readonly Operation[]): Acl {
  return { resource: 'Topic', name, pattern, operations };
}

/** As packages/bus names it in the cluster. */
function group(name: string, ofTopic: string, operations: readonly Operation[]): Acl {
  return { resource: 'Group', name: `${name}.${ofTopic}`, pattern: patternOf(ofTopic), operations };
}

function patternOf(name: string): Acl['pattern'] {
  return name === OWN ? 'Prefixed' : 'Literal';
}

/** One for each resource. */
function merge(acls: readonly Acl[]): Acl[] {
  const byResource = Map.groupBy(acls, ({ resource, pattern, name }) => `${resource} ${pattern} ${name}`);
  return [...byResource.values()].flatMap((same) => {
    const [first] = same;
    const operations = [...new Set(same.flatMap((one) => one.operations))].toSorted();
    return first ? [{ ...first, operations }] : [];
  });
}
