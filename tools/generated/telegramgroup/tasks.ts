// How to do what people do with a TelegramGroup.
import { ANNOTATIONS, LABELS } from '../../../operator/src/desired/names.ts';
import { table } from './table.ts';

export const TASKS = `## How to

The commands are for a group named \`gardeners\` in the current namespace.

### Make one, and claim its chat

Add the bot to the chat as an administrator who may delete messages and ban people, then
\`kubectl apply -f k8s/samples/minimal.yaml\` with your \`chatId\`. Until the owner of the chat agrees, \`ConfigurationValid\` is
\`False\` with the reason \`Unclaimed\`, and nothing is touched. Its message has the command with a code that the owner
sends in the chat:

\`\`\`sh
kubectl get tgg gardeners -o jsonpath='{.status.conditions[?(@.type=="ConfigurationValid")].message}'
kubectl wait tgg/gardeners --for=condition=Ready --timeout=1h
\`\`\`

A claim decides only which TelegramGroup may steer a chat: the bot moderates any chat that it is added to, by the policy
of the portal and of its commands. A single team may do without: \`CLAIMS=off\` of the operator, and the oldest
TelegramGroup of a chat has it.

### Look

\`\`\`sh
kubectl get tgg -o wide                                     # or kubectl get chatwarden
kubectl get tgg -A --field-selector spec.chatId=-1001234567890
kubectl describe tgg gardeners                              # every condition, and what happened as Events
kubectl get pods -l ${LABELS.group}=gardeners
kubectl explain tgg.spec
\`\`\`

### Scale

The autoscaler sets the number of detectors between two bounds. \`kubectl scale tgg/gardeners --replicas=4\` sets the lower
one, \`spec.autoscaling.minReplicas\`; what throughput and availability ask for stays the least. When messages wait although
there are as many detectors as may be, \`ThroughputMet\` says which field to raise. The number of partitions limits them all:
raise \`spec.partitions\`, and the topic grows, once and for all.

### Wait in scripts

\`kubectl wait tgg/gardeners --for=condition=Ready --timeout=10m\`. Helm, Argo CD and Flux read the same conditions, as
kstatus does: \`Reconciling\` is under way, \`Stalled\` has failed.

### Suspend

\`kubectl patch tgg gardeners --type=merge -p '{"spec":{"suspend":true}}'\`, and \`false\` to go on; where the spec comes from
Git, the annotation \`${ANNOTATIONS.paused}\` does the same. Detectors go on to judge, and the autoscaler to scale.
Nothing is changed until the pause ends, but a deletion goes on.

### Roll out detectors

All dedicated groups follow the version of the installation, some at a time (\`MAX_CONCURRENT_GROUPS\` of the operator). To
pin one, or to try a version in one group: \`spec.detector.version\`. With \`Rolling\` pods are replaced one by one. With
\`BlueGreen\` the new detectors get ready beside the old ones, which keep judging; then they take over in one step, and the
old ones stand by for \`soakSeconds\` (300). They come back by themselves when Kubernetes gives up on the new ones, or none
of them is ready, or none consumes: \`Stalled\` is \`True\` with \`RolloutFailed\`, and that revision is not tried again. A new
version of the operator restarts no detector.

### Move between Shared and Dedicated

Change \`spec.isolation\`. No message is lost by that, and none is acted on twice.

- To \`Dedicated\`: topic, detectors, and when they consume, the route. What is on its way to the shared detectors is judged
  by them.
- To \`Shared\`: the route; when every publisher has it and the group's topic is empty, its detectors go. The topic stays for
  \`RETIRED_TOPIC_HOURS\` of the operator (24), so that a change of mind finds it again.

A dedicated group needs, in its namespace, the Secret \`DETECTOR_SECRET\` of the operator (\`chatwarden-detector\`) with
\`DATABASE_URL\`, and the PersistentVolumeClaim \`DETECTOR_KEYS_CLAIM\` (\`chatwarden-keys\`) with the keys of the groups. Where
Kafka wants TLS or a login: [kafka.md](kafka.md).

### Lock the policy

Fields of \`spec.policy\` win over the portal and the bot's commands, and show there as locked. Fields that are left out
stay with the moderators. \`k8s/samples/locked-policy.yaml\` has most of them.

### Delete

\`kubectl delete tgg gardeners\` takes the group back to the shared detectors first, as above, and ends its claim and its
locks; the bot goes on to moderate the chat. It waits \`DELETE_TIMEOUT_SECONDS\` of the operator (600) at most. When the
operator is gone for good, or you know better: \`kubectl annotate tgg gardeners ${ANNOTATIONS.forceDelete}=true\`;
without an operator remove the finalizer. What is left to do then the operator does when it can, and tells as \`Orphaned\`:
no message of the group is lost by that. \`helm uninstall chatwarden-crds\` keeps the kind and every TelegramGroup.

### Who may

\`kubectl apply -f k8s/operator/roles.yaml\`: whoever has the role admin, edit or view of Kubernetes in a namespace then has
it for its TelegramGroups. For these alone bind \`chatwarden-telegramgroup-admin\`, \`-editor\` or \`-viewer\`. Nobody but the
operator writes the status. Who may edit TelegramGroups of a namespace decides the policy of the chats that their owners
gave to it.
`;

export const ANNOTATION_TABLE = table(
  ['annotation', 'on', 'what'],
  [
    [
      `\`${ANNOTATIONS.paused}: "true"\``,
      'TelegramGroup',
      'The operator changes nothing until it is removed, like `spec.suspend`.',
    ],
    [
      `\`${ANNOTATIONS.pauseScaleIn}: "true"\``,
      'TelegramGroup',
      'The autoscaler adds detectors but takes none away: for an event that is known before.',
    ],
    [
      `\`${ANNOTATIONS.forceDelete}: "true"\``,
      'TelegramGroup that is being deleted',
      'It goes at once, whatever is left to do.',
    ],
    [`\`${ANNOTATIONS.revision}\``, 'Deployment', 'What its pods are made from; set by the operator.'],
    [`\`${ANNOTATIONS.shape}\``, 'Deployment', 'How the operator made them of that; set by the operator.'],
  ],
);
