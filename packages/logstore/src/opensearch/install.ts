/** Template and policy, made or brought up to date. Repeating it, or doing it from two processes at once, is harmless. */
import type { Ask } from './ask.ts';
import { logPolicy, POLICY_VERSION, policyVersion, spanPolicy, type RetentionPolicy } from './ism-policy.ts';
import { spanTemplate } from './span-template.ts';
import { logTemplate, type IndexTemplate } from './template.ts';

export type Installed = 'created' | 'updated' | 'current' | 'newer';

export interface Installation {
  template: Installed;
  /** `noPlugin`: this OpenSearch has no Index State Management, and our deleter works alone. */
  policy: Installed | 'noPlugin';
}

export interface InstallOptions {
  ask: Ask;
  prefix: string;
  keepDays: number;
}

/** It is for indices that are made from now on. */
export function install({ ask, prefix, keepDays }: InstallOptions): Promise<Installation> {
  const [template, policy] = [logTemplate(prefix), logPolicy(prefix, keepDays)];
  return installBoth(ask, { name: `${prefix}chatwarden-logs`, template, policy });
}

/** The same for spans. */
export function installSpans({ ask, prefix, keepDays }: InstallOptions): Promise<Installation> {
  const [template, policy] = [spanTemplate(prefix), spanPolicy(prefix, keepDays)];
  return installBoth(ask, { name: `${prefix}chatwarden-spans`, template, policy });
}

interface Wanted {
  name: string;
  template: IndexTemplate;
  policy: RetentionPolicy;
}

async function installBoth(ask: Ask, wanted: Wanted): Promise<Installation> {
  const template = await installTemplate(ask, wanted);
  return { template, policy: await installPolicy(ask, wanted) };
}

async function installTemplate(ask: Ask, { name, template }: Wanted): Promise<Installed> {
  const path = `/_index_template/${name}`;
  const { status, body } = await ask({ method: 'GET', path, expected: [404] });
  const { index_templates: found = [] } = body as { index_templates?: { index_template: Partial<IndexTemplate> }[] };
  const present = status === 404 ? undefined : found[0]?.index_template;
  const need = whatToDo(present && (present._meta?.version ?? 0), template._meta.version);
  if (need === 'created' || need === 'updated') await ask({ method: 'PUT', path, body: template });
  return need;
}

interface PresentPolicy {
  _seq_no?: number;
  _primary_term?: number;
  policy?: { description?: string };
}

/** Without the plugin nobody answers at this address: 400, or 404 without a policy's own error. */
async function installPolicy(ask: Ask, { name, policy }: Wanted): Promise<Installation['policy']> {
  const path = `/_plugins/_ism/policies/${name}`;
  const { status, body } = await ask({ method: 'GET', path, expected: [400, 404, 405] });
  if (status === 400 || status === 405 || isNoHandler(body)) return 'noPlugin';
  const present = status === 404 ? undefined : (body as PresentPolicy);
  const description = present?.policy?.description;
  const need = whatToDo(present && policyVersion(description), POLICY_VERSION);
  // The description says the days, too: a policy that kept fewer than now would delete what is to be kept.
  const isSame = need === 'current' && description === policy.policy.description;
  if (isSame || need === 'newer') return need;
  const unchanged = present ? `?if_seq_no=${present._seq_no}&if_primary_term=${present._primary_term}` : '';
  const put = await ask({ method: 'PUT', path: path + unchanged, body: policy, expected: [409] });
  // Somebody else was quicker, with the same version or with a newer one.
  return put.status === 409 ? 'current' : present ? 'updated' : 'created';
}

function isNoHandler(body: unknown): boolean {
  const { error } = body as { error?: unknown };
  return typeof error === 'string' && error.startsWith('no handler found');
}

function whatToDo(present: number | undefined, wanted: number): Installed {
  if (present === undefined) return 'created';
  if (present === wanted) return 'current';
  return present < wanted ? 'updated' : 'newer';
}
