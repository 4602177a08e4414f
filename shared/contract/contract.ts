import type { z } from 'zod';
import type { Immutable } from '../domain/immutable.ts';
import { auditArea, keysArea, usersArea } from './administration.ts';
import { answersArea } from './answers.ts';
import { assessmentsArea } from './assessments.ts';
import { clockArea, deadlinesArea } from './deadlines.ts';
import { filtersArea } from './filters.ts';
import { draftsArea } from './drafts.ts';
import { incidentsArea } from './incidents.ts';
import type { Area, Operation } from './operation.ts';
import { paperArea } from './paper.ts';
import { registerArea } from './register.ts';
import { reportsArea } from './reports.ts';
import { rulesArea } from './rules.ts';
import { vaultArea } from './vault.ts';

/** The whole surface between window and core. What is not here cannot be asked. */
export const CONTRACT = {
  vault: vaultArea,
  incidents: incidentsArea,
  filters: filtersArea,
  drafts: draftsArea,
  reports: reportsArea,
  paper: paperArea,
  register: registerArea,
  rules: rulesArea,
  answers: answersArea,
  keys: keysArea,
  users: usersArea,
  audit: auditArea,
  deadlines: deadlinesArea,
  clock: clockArea,
  assessments: assessmentsArea,
} as const satisfies Readonly<Record<string, Area>>;

type Contract = typeof CONTRACT;
export type AreaName = keyof Contract;

/** `incidents.list`: the name of an operation as it is sent. */
export type OperationName = {
  [A in AreaName]: `${A}.${keyof Contract[A] & string}`;
}[AreaName];

type EntryOf<N extends OperationName> = N extends `${infer A}.${infer O}`
  ? A extends AreaName
    ? O extends keyof Contract[A]
      ? Contract[A][O]
      : never
    : never
  : never;

export type RequestOf<N extends OperationName> =
  EntryOf<N> extends Operation<infer Request> ? Immutable<z.output<Request>> : never;
export type AnswerOf<N extends OperationName> =
  EntryOf<N> extends Operation<z.ZodType, infer Answer> ? Immutable<z.output<Answer>> : never;

/** @returns the entry of an operation, or null for a name that is not in the contract */
export function findOperation(name: string): Operation | null {
  const [area = '', entry = ''] = name.split('.', 2);
  if (!Object.hasOwn(CONTRACT, area)) return null;
  const table: Area = CONTRACT[area as AreaName];
  return Object.hasOwn(table, entry) ? (table[entry] ?? null) : null;
}
