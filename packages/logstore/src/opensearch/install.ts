/** Template and policy, made or brought up to date. Repeating it, or doing it from two processes at once, is harmless. */
import type { Ask } from './ask.ts';
import { logPolicy, POLICY_VERSION, policyVersion } from './ism-policy.ts';
import { logTemplate, TEMPLATE_VERSION, type IndexTemplate } from './template.ts';

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
export async function install(options: InstallOptions): Promise<Installation> {
  const template = await installTemplate(options);
  return { template, policy: await installPolicy(options) };
}

async function installTemplate({ ask, prefix }: InstallOptions): Promise<Installed> {
  const path = `/_index_template/${prefix}chatwarden-logs`;
  const { status, body } = await ask({ method: 'GET', path, expected: [404] });
  const { index_templates: found = [] } = body as { index_templates?: { index_template: Partial<IndexTemplate> }[] };
  const present = status === 404 ? undefined : found[0]?.index_template;
  const need = whatToDo(present && (present._meta?.version ?? 0), TEMPLATE_VERSION);
  if (need === 'created' || need === 'updated') await ask({ method: 'PUT', path, body: logTemplate(prefix) });
  return need;
}

interface PresentPolicy {
  _seq_no?: number;
  _primary_term?: number;
  policy?: { description?: string };
}

/** Without the plugin nobody answers at this address: 400, or 404 without a policy's own error. */
async function installPolicy({ ask, prefix, keepDays }: InstallOptions): Promise<Installation['policy']> {
  const path = `/_plugins/_ism/policies/${prefix}chatwarden-logs`;
  const { status, body } = await ask({ method: 'GET', path, expected: [400, 404, 405] });
  if (status === 400 || status === 405 || isNoHandler(body)) return 'noPlugin';
  const present = status === 404 ? undefined : (body as PresentPolicy);
  const need = whatToDo(present && policyVersion(present.policy?.description), POLICY_VERSION);
  if (need === 'current' || need === 'newer') return need;
  const unchanged = present ? `?if_seq_no=${present._seq_no}&if_primary_term=${present._primary_term}` : '';
  const put = await ask({ method: 'PUT', path: path + unchanged, body: logPolicy(prefix, keepDays), expected: [409] });
  // Somebody else was quicker, with the same version or with a newer one.
  return put.status === 409 ? 'current' : need;
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
