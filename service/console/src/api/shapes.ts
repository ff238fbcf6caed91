/** What the service's HTTP API sends, word for word. */

export type Role = 'radiologist' | 'administrator' | 'auditor';

export interface Session {
  username: string;
  displayName: string;
  roles: Role[];
}

export type StudyState = 'RECEIVING' | 'COMPLETE';
export type AnalysisState = 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED';
export type ReportStatus = 'preliminary' | 'final' | 'amended' | 'cancelled' | 'entered-in-error';
export type ReviewState =
  'DRAFTED' | 'ACCEPTED' | 'EDITED' | 'REJECTED' | 'SIGNED' | 'AMENDING' | 'SUPERSEDED';

export interface AnalysisProgress {
  state: AnalysisState;
  step: string | null;
  /** 0 to 1. */
  progress: number | null;
  failure: string | null;
}

export interface ReportReference {
  id: string;
  status: ReportStatus;
  reviewState: ReviewState;
  version: number;
}

/** Whether all of a study is here, and why so in words. */
export interface Completeness {
  state: 'UNKNOWN' | 'PARTIAL' | 'COMPLETE';
  reason: string;
}

export type TriagePriority = 'URGENT' | 'NORMAL' | 'OFF_PEAK';

/** What the triage rules decided of a revision; the reason says why it is not drafted. */
export interface TriageStatus {
  revision: number;
  priority: TriagePriority;
  draft: boolean;
  reason: string | null;
}

/** One row of the worklist; also the data of the `study` events. */
export interface StudyRow {
  studyInstanceUid: string;
  state: StudyState;
  revision: number;
  patientName: string | null;
  patientId: string | null;
  patientBirthDate: string | null;
  patientSex: string | null;
  accessionNumber: string | null;
  studyDate: string | null;
  studyTime: string | null;
  studyDescription: string | null;
  modalities: string[] | null;
  instanceCount: number;
  firstInstanceAt: string | null;
  lastInstanceAt: string | null;
  completedAt: string | null;
  completeness: Completeness;
  triage: TriageStatus | null;
  analysis: AnalysisProgress | null;
  report: ReportReference | null;
}

export interface Instance {
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  instanceNumber: number | null;
  rows: number | null;
  columns: number | null;
  numberOfFrames: number | null;
}

export interface Series {
  seriesInstanceUid: string;
  modality: string | null;
  bodyPartExamined: string | null;
  seriesNumber: number | null;
  seriesDescription: string | null;
  instances: Instance[];
}

/** A frame that the model read; or, without an instance, images of a series that it did not. */
export interface ModelInput {
  seriesInstanceUid: string;
  sopInstanceUid: string | null;
  frame: number | null;
  window: string | null;
  images: number;
  reason: string;
}

export interface Study extends StudyRow {
  series: Series[];
  modelInputs: ModelInput[];
}

/** What became of a study's images: deleted when, or held by whom and why. */
export interface Retention {
  imagesDeletedAt: string | null;
  hold: { reason: string; by: string; at: string } | null;
}

export interface TriageRule {
  name: string;
  when: string;
  priority: TriagePriority | null;
  draft: boolean | null;
  reason: string | null;
  catalogue: string | null;
  model: string | null;
}

export interface TriageChange {
  version: number;
  by: string;
  at: string;
  comment: string;
}

export interface TriageRules {
  version: number;
  rules: TriageRule[];
  changes: TriageChange[];
  catalogues: string[];
  models: string[];
}

/** How one comparison of a condition fared; start and end are its place in the text. */
export interface ClauseOutcome {
  start: number;
  end: number;
  attribute: string;
  holds: boolean;
  values: string[];
}

export interface RuleTrial {
  error: { position: number; message: string } | null;
  series: {
    seriesInstanceUid: string;
    seriesNumber: number | null;
    seriesDescription: string | null;
    sopInstanceUid: string;
    holds: boolean;
    clauses: ClauseOutcome[];
  }[];
}

/** A softcopy presentation state: how images are to be shown. */
export interface PresentationState {
  sopInstanceUid: string;
  label: string;
  description: string;
  creator: string;
  /** What it can be applied to, all frames where `frames` is empty; none: not at all. */
  images: { sopInstanceUid: string; frames: number[] }[];
  /** What it asks for and is not done. */
  notApplied: string[];
}

export interface Code {
  system: string;
  code: string;
  display: string | null;
}

/** Which guard objects to something that the model said, and why. */
export interface Doubt {
  guard: string;
  reason: string;
}

/**
 * A sentence of the draft that a guard objects to; it is kept out of the conclusion. Empty: the
 * objection is to the image, whatever is said of it.
 */
export interface DraftMark {
  sentence: string;
  doubt: Doubt;
}

/** What a contrastive model beside the one that drafts says of a finding. */
export interface ContrastiveScore {
  /** By the drafting model alone; null: it gives none. */
  alone: number | null;
  /** As the contrastive model gave it. */
  logOdds: number;
  /** The same calibrated; null: it was not calibrated for this finding. */
  probability: number | null;
  /** Whether both make the finding's probability; otherwise that is the drafting model's. */
  joined: boolean;
}

/** A box on an image, in columns and rows from its upper left corner. */
export interface ImageBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How it was found out where a finding is. */
export type LocatedBy = 'MAP' | 'BOX' | 'OCCLUSION';

export interface Finding {
  id: string;
  findingId: string;
  name: string;
  question: string | null;
  /** null: the model's engine gives no probabilities. */
  probability: number | null;
  /** null: the model could not determine it. */
  present: boolean | null;
  sentence: string | null;
  /** Why no call was made though the probability would do for one. */
  doubt: Doubt | null;
  /** null: there was no contrastive model. */
  contrastive: ContrastiveScore | null;
  codes: Code[] | null;
  sopInstanceUid: string | null;
  frameNumber: number | null;
  /** null: nothing tells where on the image it is; a method of null was not kept. */
  region: { box: ImageBox; method: LocatedBy | null } | null;
}

export interface ModelIdentity {
  name: string;
  version: string;
  digest: string;
  provider?: string;
}

/** A loaded model. */
export interface LoadedModel extends ModelIdentity {
  provider: string;
  remote: boolean;
  shadow: boolean;
  /** The name of the contrastive model beside it; null: there is none. */
  contrastive: string | null;
  /** Of a contrastive model; null of one that drafts. */
  weight: number | null;
}

export interface Report {
  id: string;
  status: ReportStatus;
  reviewState: ReviewState;
  version: number;
  studyRevision: number;
  draftText: string | null;
  text: string | null;
  signedText: string | null;
  replaces: string | null;
  createdAt: string;
  updatedAt: string;
  signedBy: string | null;
  signedByName: string | null;
  signedAt: string | null;
  signatureMeaning: string | null;
  model: ModelIdentity | null;
  /** The contrastive model that scored beside it, and its weight; null: none did. */
  contrastive: { model: ModelIdentity; weight: number } | null;
  findings: Finding[] | null;
  marks: DraftMark[] | null;
  notice: string | null;
}

export type DeliveryState = 'QUEUED' | 'SENT' | 'COMMITTED' | 'REFUSED' | 'GIVEN_UP';

/** What became of one object of a report's version at one destination. */
export interface Delivery {
  id: string;
  reportId: string;
  reportVersion: number;
  event: 'DRAFT' | 'SIGNATURE' | 'AMENDMENT';
  kind: 'SR' | 'PDF' | 'SC';
  sopInstanceUid: string;
  destination: string;
  state: DeliveryState;
  tries: number;
  /** What the destination last said: a DIMSE status of four digits, or an HTTP status. */
  status: string | null;
  reason: string | null;
  /** null: nothing more is done. */
  nextStepAt: string | null;
  updatedAt: string;
}

export interface Question {
  id: string;
  askedBy: string | null;
  askedAt: string;
  question: string;
  answer: string | null;
  answeredAt: string | null;
  refused: boolean;
  /** 0 to 1, or null when the model gave none. */
  confidence: number | null;
  finishReason: string | null;
  /** That the answer is right, calibrated, 0 to 1; null where nothing tells it. */
  probability: number | null;
  /** Why the answer is not given; null where it is. */
  withheld: Doubt | null;
  /** What the model wrote, where that is not given as the answer. */
  modelWords: string | null;
  /** Boxes that the model wrote into its answer. */
  regions: { label: string; sopInstanceUid: string; frameNumber: number; box: ImageBox }[];
}

export interface AuditEntry {
  sequence: number;
  recordedAt: string;
  action: string;
  outcome: string;
  actor: string;
  subject: string | null;
  detail: Record<string, string> | null;
  digest: string;
}

export type IntakeReason = 'DISK' | 'UNWRITTEN' | 'DRAFTS';

/** How the service fares; sizes are in bytes. */
export interface SystemState {
  intake: { paused: boolean; reasons: IntakeReason[]; since: string };
  disk: { freeBytes: number; totalBytes: number; pauseBelow: number; resumeAbove: number };
  unwritten: {
    instances: number;
    bytes: number;
    databaseFails: boolean;
    pauseAbove: number;
    resumeBelow: number;
  };
  drafts: { waitingStudies: number; pauseAbove: number; resumeBelow: number };
  /** Of DICOM over TLS; none where there is no TLS. */
  certificates: Certificate[];
}

export interface Certificate {
  subject: string;
  /** Ours or an issuer of ours; else one that is trusted. */
  ours: boolean;
  notAfter: string;
  /** Within 30 days, or it did. */
  expiring: boolean;
}
