/** One typed function a reading route of the contract. */

import { getJson } from "./client.ts";
import type {
  Change,
  ChangeQuery,
  Contacts,
  ContactsQuery,
  Dimensions,
  LiveSnapshot,
  MetricDefinition,
  Metrics,
  MetricsQuery,
  OneTask,
  Quality,
  Session,
  Spread,
  SpreadQuery,
  Tasks,
  TasksQuery,
  Volume,
  VolumeQuery,
} from "./types.ts";

export const getSession = (signal?: AbortSignal) => getJson<Session>("/session", {}, signal);

export const getDimensions = (signal?: AbortSignal) =>
  getJson<Dimensions>("/dimensions", {}, signal);

export const getMetrics = (query: MetricsQuery, signal?: AbortSignal) =>
  getJson<Metrics>("/metrics", query, signal);

export const getDefinitions = (signal?: AbortSignal) =>
  getJson<{ definitions: MetricDefinition[] }>("/metrics/definitions", {}, signal);

export const getSpread = (query: SpreadQuery, signal?: AbortSignal) =>
  getJson<Spread>("/spread", query, signal);

export const getChange = (query: ChangeQuery, signal?: AbortSignal) =>
  getJson<Change>("/change", query, signal);

export const getVolume = (query: VolumeQuery, signal?: AbortSignal) =>
  getJson<Volume>("/volume", query, signal);

export const getQuality = (signal?: AbortSignal) => getJson<Quality>("/quality", {}, signal);

export const getContacts = (query: ContactsQuery, signal?: AbortSignal) =>
  getJson<Contacts>("/contacts", query, signal);

export const getTasks = (query: TasksQuery, signal?: AbortSignal) =>
  getJson<Tasks>("/tasks", query, signal);

export const getTask = (id: string, signal?: AbortSignal) =>
  getJson<OneTask>(`/tasks/${encodeURIComponent(id)}`, {}, signal);

export const getLive = (signal?: AbortSignal) => getJson<LiveSnapshot>("/live", {}, signal);
