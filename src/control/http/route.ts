import type { ServerResponse } from 'node:http';
import type { Control } from '../control.js';
import type { EventHub } from './event-hub.js';
import type { Schema } from './schema.js';

/** One route of the control API: the router, the validation and the OpenAPI document are made from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its parameters in braces: `/v1/exchanges/{id}`. */
  readonly path: string;
  /** The operationId: unique, in camel case. */
  readonly id: string;
  readonly summary: string;
  readonly about?: string;
  /** In the path and in the query, by name. */
  readonly params?: Readonly<Record<string, Param>>;
  readonly body?: Body;
  /** What it says when all goes well; problems are said alike by all. */
  readonly answers: Readonly<Record<number, Described>>;
  /** May throw a Problem. */
  handle(asked: Asked, desk: Desk): Promise<Answer>;
}

export interface Param {
  readonly in: 'path' | 'query' | 'header';
  readonly about: string;
  readonly schema: Schema;
}

export interface Body {
  readonly about: string;
  readonly required: boolean;
  readonly schema: Schema;
  /** Taken as text beside JSON. */
  readonly textTypes?: readonly string[];
}

export interface Described {
  readonly about: string;
  readonly type?: string;
  readonly schema?: Schema;
}

/** A request that has been found in order. */
export interface Asked {
  /** By name; numbers where the schema says so, undefined where one is not given. */
  readonly params: Readonly<Record<string, string | number | boolean | undefined>>;
  /** As its schema has it; undefined without one. A text where one was sent. */
  readonly body: unknown;
}

export type Answer =
  | { readonly type: 'json'; readonly status: number; readonly json: unknown; readonly location?: string }
  | { readonly type: 'text'; readonly status: number; readonly contentType: string; readonly text: string }
  | { readonly type: 'nothing' }
  /** Goes on until one of the two ends it. */
  | { readonly type: 'stream'; readonly begin: (response: ServerResponse) => void };

/** What handlers work with. */
export interface Desk {
  readonly control: Control;
  readonly hub: EventHub;
  /** Whether an exchange's events fit a filter. Throws a Problem where it cannot be read. */
  readonly chooser: (filter: string) => (exchange: string) => boolean;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
}

export const json = (value: unknown, status = 200): Answer => ({ type: 'json', status, json: value });
export const nothing: Answer = { type: 'nothing' };

export const textOf = ({ params }: Asked, name: string): string => String(params[name] ?? '');
export const numberOf = ({ params }: Asked, name: string, otherwise: number): number => Number(params[name] ?? otherwise);

/** The value that a handler knows to have the shape of its schema. */
export const bodyOf = <T>({ body }: Asked): T => (body ?? {}) as T;
