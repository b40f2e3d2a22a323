/** What the OpenAPI document says about answers, as validators. */
import { Compile } from 'typebox/schema';

export interface AnswerSchemas {
  paths: string[];
  /** What is wrong with an answer to GET; empty when it is as described. */
  complaints(path: string, status: number, body: unknown): string[];
}

interface Described {
  paths: Record<string, { get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }>;
  components: { schemas: Record<string, object> };
}

export function answerSchemas(document: unknown): AnswerSchemas {
  const { paths, components } = document as Described;

  function complaints(path: string, status: number, body: unknown): string[] {
    const responses = paths[path]?.get.responses ?? {};
    const response = responses[status] ?? responses[`${String(status)[0]}XX`];
    const [content] = Object.values(response?.content ?? {});
    if (!content) return [`${path} does not describe ${status}`];
    // References point into the document, so it is what they are read in.
    const [, errors] = Compile({ ...content.schema, components }).Errors(body);
    return errors.map((error) => `${error.instancePath} ${error.message}`);
  }

  return { paths: Object.keys(paths), complaints };
}
