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
