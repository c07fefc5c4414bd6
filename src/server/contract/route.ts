/**
 * One contract for the server, the web app and OpenAPI. A route says everything about a call except how it is done:
 *
 *     export const study = route({
 *       id: 'study', method: 'get', path: '/studies/{study}', summary: 'A study and its progress',
 *       access: { study: 'study.view' }, params: z.object({ study: studyId }), response: studyView,
 *     });
 *
 * The server takes `access` from here and from nowhere else, so that no handler can forget to ask; the web app takes method,
 * path and types. Nothing in this folder imports anything but zod and its neighbours, since it runs in the browser too.
 */
import { z } from 'zod';

/** What somebody may do in a workspace, whatever the study. */
export const workspacePermissions = [
  'people.manage',
  'data.view',
  'data.manage',
  'study.create',
  'workspace.audit',
] as const;
export type WorkspacePermission = (typeof workspacePermissions)[number];

/** What somebody may do in one study. */
export const studyPermissions = [
  'study.view',
  'search.notes',
  'cohort.view',
  'cohort.change',
  'chart.view',
  'review.screen',
  'review.abstract',
  'review.adjudicate',
  'review.unmask',
  'agreement.view',
  'protocol.view',
  'protocol.change',
  'results.view',
  'results.trace',
  'results.change',
  'release.make',
  'release.download',
  'study.people',
  'study.audit',
] as const;
export type StudyPermission = (typeof studyPermissions)[number];

/** Who may call a route: anybody; whoever is signed in; whoever has the permission. */
export type Access =
  | 'public'
  | 'signed-in'
  | { readonly workspace: WorkspacePermission }
  | { readonly study: StudyPermission };

/** A file as the answer, in one of these media types. */
export interface FileResponse {
  readonly file: readonly string[];
}

export interface RouteDef {
  /** Unique; the `operationId` of OpenAPI. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, with parameters in braces. With study access it has `{study}`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The answer as JSON; absent: none (204). */
  readonly response?: z.ZodType | FileResponse;
  /** Whether the call must name the revision that it changes (`If-Match`); the answer then has the new one (`ETag`). */
  readonly locking?: boolean;
}

/** Keeps the exact types of a route. */
export function route<const Def extends RouteDef>(def: Def): Def {
  return def;
}

type Parsed<Type> = Type extends z.ZodType ? z.output<Type> : undefined;
type Sent<Type> = Type extends z.ZodType ? z.input<Type> : undefined;

/** What a handler is given of a route, parsed. */
export interface RouteInput<Def extends RouteDef> {
  readonly params: Parsed<Def['params']>;
  readonly query: Parsed<Def['query']>;
  readonly body: Parsed<Def['body']>;
}

/** What a caller gives, before defaults are filled in. */
export type RouteCall<Def extends RouteDef> = Given<'params', Sent<Def['params']>> &
  Given<'query', Sent<Def['query']>> &
  Given<'body', Sent<Def['body']>>;

type Given<Name extends string, Value> = undefined extends Value
  ? { readonly [Key in Name]?: Value }
  : Record<never, never> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/** The JSON of an answer. */
export type RouteOutput<Def extends RouteDef> = Def['response'] extends z.ZodType
  ? z.output<Def['response']>
  : undefined;

/** What went wrong, as RFC 9457 has it. `code` is stable; nothing in it is of a chart. */
export const problemSchema = z.object({
  type: z.string().describe('urn:chartproof:problem:CODE'),
  title: z.string().describe('A plain sentence'),
  status: z.int(),
  code: z.string().describe('Stable and dotted, such as review.invalid'),
  tip: z.string().optional().describe('What to do about it'),
  problems: z
    .array(
      z.object({
        code: z.string(),
        message: z.string(),
        tip: z.string().optional(),
        line: z.int().optional(),
        column: z.int().optional(),
        path: z.string().optional().describe('Which part of what was sent'),
      }),
    )
    .optional(),
  current: z.unknown().optional().describe('With 412: what stands there now, with its revision'),
});
export type ProblemDetails = z.infer<typeof problemSchema>;

export const studyId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(100);
/** `S001` of a candidate, `N001` of a person of a sample. */
export const subjectId = z.string().regex(/^[SN]\d{3,9}$/);
export const ofStudy = z.object({ study: studyId });
export const ofSubject = z.object({ study: studyId, subject: subjectId });

/** What a list is asked with: where to go on, as the list before said, and how many. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A part of a list; `next` is the cursor of the next part, null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
