/** What docs/kafka.md says besides its tables. */

export const SETTINGS = `<!-- Made by \`make generate\` from tools/generated/kafka and packages/bus. Do not edit. -->

# Kafka

Services and the operator take the same settings. Brokers that want TLS, a login by SCRAM or PLAIN, or a certificate of the
client are tested against: \`packages/bus/src/kafka/secured.test.ts\`, \`test/e2e/kafka-access.test.ts\`.

## Settings`;

export const UPKEEP = `With \`KAFKA_TLS\` and without \`KAFKA_CA\` the authorities count that Node trusts. A broker is never trusted without its
certificate, which must bear the name that is dialled. Halves are refused at the start: \`KAFKA_CA\` without \`KAFKA_TLS\`,
\`KAFKA_CERT\` without \`KAFKA_KEY\`, a name without a mechanism.

## When Kafka refuses

A service that is refused waits, is not ready, and says why, less and less often:
\`waiting for Kafka: Kafka refuses: the login is refused; look at KAFKA_SASL_USERNAME, …\`. It goes on as soon as Kafka takes
it. What it says names the setting, or the topics and the group for which an ACL is missing. Of a port that wants TLS or a
login and gets none Kafka only hangs up: then the log asks whether \`KAFKA_TLS\` or \`KAFKA_SASL_MECHANISM\` is missing.

## Renewed certificates and passwords

A file that \`KAFKA_CA_FILE\`, \`KAFKA_CERT_FILE\`, \`KAFKA_KEY_FILE\` or \`KAFKA_SASL_PASSWORD_FILE\` names is read for every new
connection. Renew it, and nothing needs a restart: connections that are open go on, and the next one uses what is there.
In Kubernetes mount the Secret as a volume, without \`subPath\`, which is never renewed. What pods get as variables
(\`envFrom\`) they keep: \`kubectl rollout restart deployment\` after a change.`;

export const OPERATOR = `## The operator, its detectors, and KEDA

The operator takes the settings above from its ConfigMap and Secret. A Secret \`chatwarden-operator-kafka\` beside it, if there
is one, is mounted at \`/etc/chatwarden/kafka\`: name its files in the ConfigMap, such as
\`KAFKA_CA_FILE=/etc/chatwarden/kafka/ca.crt\`.

Detectors of dedicated groups get \`KAFKA_TLS\` and \`KAFKA_SASL_MECHANISM\` as the operator has them, and \`KAFKA_SASL_USERNAME\`
from the Secret \`DETECTOR_SECRET\` in the namespace of their group. What is secret may stand there, too, but then it is
renewed only by a restart (\`kubectl rollout restart deployment -l chatwarden.io/telegramgroup\`). Better name Secrets of that
namespace and their keys in \`DETECTOR_KAFKA_FILES\` of the operator: they are mounted, and renewed in pods that run. A
detector waits until all of them are there. With Strimzi, for example, whose cluster is named \`main\` and whose user is named
\`detector\`:

\`\`\`sh
DETECTOR_KAFKA_FILES=KAFKA_CA=main-cluster-ca-cert/ca.crt,KAFKA_SASL_PASSWORD=detector/password
# or, with certificates of clients
DETECTOR_KAFKA_FILES=KAFKA_CA=main-cluster-ca-cert/ca.crt,KAFKA_CERT=detector/user.crt,KAFKA_KEY=detector/user.key
\`\`\`

Another choice of files or mechanism rolls the detectors out again. KEDA asks Kafka for the lag by itself: make a
TriggerAuthentication in that namespace and name it in \`KEDA_AUTHENTICATION\` of the operator, which insists on it where it
logs in, shows a certificate or trusts an authority of its own.

\`\`\`yaml
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: kafka
spec:
  secretTargetRef: # sasl is scram_sha512, scram_sha256 or plaintext; tls is enable; cert and key instead of a login
    - { parameter: sasl, name: kafka-keda, key: sasl }
    - { parameter: username, name: kafka-keda, key: username }
    - { parameter: password, name: kafka-keda, key: password }
    - { parameter: tls, name: kafka-keda, key: tls }
    - { parameter: ca, name: kafka-keda, key: ca }
\`\`\``;

export const RIGHTS = `## Rights

With an authorizer, such as Kafka's StandardAuthorizer, these ACLs are enough. \`…\` stands for all names that begin so
(\`--resource-pattern-type prefixed\`); \`KAFKA_PREFIX\` comes before every name. Create is for topics that are not there yet: a
service makes those that it uses, with the retention of the topic table. Whoever makes them beforehand leaves Create out.
For one row, by the tools of Kafka:

\`\`\`sh
kafka-acls.sh --bootstrap-server kafka-0:9093 --command-config admin.properties --add --allow-principal User:bot \\
  --operation Read --group bot-plan.verdicts
\`\`\`

The principal of a client certificate is its whole subject, unless \`ssl.principal.mapping.rules\` of the brokers says
otherwise. The api does not use Kafka.`;
