/** What the OpenAPI document says about answers to POST, as a validator. */
import { Compile } from 'typebox/schema';

interface Described {
  paths: Record<string, { post?: { responses: Record<string, { content?: Record<string, { schema: object }> }> } }>;
  components: { schemas: Record<string, object> };
}

export interface PostAnswer {
  path: string;
  status: number;
  body: unknown;
}

/** What is wrong with an answer; empty when it is as described. */
export function complaintsAbout(document: unknown, { path, status, body }: PostAnswer): string[] {
  const { paths, components } = document as Described;
  const response = paths[path]?.post?.responses[status];
  const [content] = Object.values(response?.content ?? {});
  if (!content) return [`${path} does not describe ${status}`];
  // References point into the document, so it is what they are read in.
  const [, errors] = Compile({ ...content.schema, components }).Errors(body);
  return errors.map((error) => `${error.instancePath} ${error.message}`);
}
