/** The text of the paper with its live numbers. */
import { z } from 'zod';
import { resultFacts, traced } from './results.ts';
import { ofStudy, problemSchema, route } from './route.ts';

/** A piece of the text as it is printed. Elements are of a short list (headings, paragraphs, lists, tables, emphasis). */
export interface TextNode {
  /** A name of HTML; absent of a piece of text. */
  readonly tag?: string | undefined;
  readonly text?: string | undefined;
  /** Of a live number: which of `values` it is, from 0. */
  readonly live?: number | undefined;
  readonly children?: readonly TextNode[] | undefined;
}

// It holds itself: OpenAPI needs a name to refer to.
const textNode: z.ZodType<TextNode> = z
  .lazy(() =>
    z.object({
      tag: z.string().optional(),
      text: z.string().optional(),
      live: z.int().optional(),
      children: z.array(textNode).optional(),
    }),
  )
  .meta({ id: 'TextNode' });

const liveNumber = z.object({
  line: z.int().nullable(),
  column: z.int().nullable(),
  expression: z.string().describe('As the text has it, without braces'),
  label: z.string(),
  printed: z.string(),
  was: z.string().nullable().describe('What was approved; null where it never was'),
  state: z.enum(['approved', 'moved', 'new']),
  cell: traced,
});

export const manuscriptView = z.object({
  facts: resultFacts,
  revision: z.string().describe('Of the text and of every number in it; to approve just these'),
  source: z.string().describe('The text as it is written'),
  problems: problemSchema.shape.problems
    .unwrap()
    .describe('Numbers typed in, unknown names; with any it is not published'),
  values: z.array(liveNumber),
  literals: z
    .array(z.object({ line: z.int().nullable(), text: z.string(), reason: z.string() }))
    .describe('Numbers marked as no result'),
  approval: z.object({ at: z.string(), by: z.string(), why: z.string() }).nullable(),
  isApproved: z.boolean().describe('Whether it prints just what was approved'),
  isAltered: z.boolean().describe('The file of the approval is not the one that was written: approve anew'),
  draft: z.array(textNode).describe('As it is printed; empty while there are problems'),
});

export const manuscriptTypes = ['markdown', 'html', 'docx'] as const;

export const resultTextRoutes = {
  manuscript: route({
    id: 'manuscript',
    method: 'get',
    path: '/studies/{study}/results/text',
    summary: 'The text with its live numbers; null where there is none',
    access: { study: 'results.view' },
    params: ofStudy,
    response: z.object({ text: manuscriptView.nullable() }),
  }),
  startManuscript: route({
    id: 'startManuscript',
    method: 'post',
    path: '/studies/{study}/results/text',
    summary: 'Write a first text with the account and every statistic',
    access: { study: 'results.change' },
    params: ofStudy,
    response: z.object({ text: manuscriptView.nullable() }),
  }),
  writeManuscript: route({
    id: 'writeManuscript',
    method: 'put',
    path: '/studies/{study}/results/text',
    summary: 'Write the text anew; If-Match is the revision that was read',
    access: { study: 'results.change' },
    params: ofStudy,
    body: z.object({ source: z.string().max(1_000_000) }),
    response: z.object({ text: manuscriptView.nullable() }),
    locking: true,
  }),
  approveManuscript: route({
    id: 'approveManuscript',
    method: 'post',
    path: '/studies/{study}/results/text/approval',
    summary: 'Say that the text was read with the numbers it has; If-Match is the revision that was read',
    access: { study: 'results.change' },
    params: ofStudy,
    body: z.object({ why: z.string().trim().min(1).max(1000) }),
    response: z.object({ text: manuscriptView.nullable() }),
    locking: true,
  }),
  manuscriptFile: route({
    id: 'manuscriptFile',
    method: 'get',
    path: '/studies/{study}/results/text/file',
    summary: 'The text as a draft with its numbers in',
    access: { study: 'results.view' },
    params: ofStudy,
    query: z.object({ type: z.enum(manuscriptTypes).default('docx') }),
    response: {
      file: ['text/markdown', 'text/html', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    },
  }),
};
