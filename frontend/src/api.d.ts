declare module '*.css';

/** The wire types of /api/v1, as the pages use them. */
declare namespace Api {
  type Day = string; // YYYY-MM-DD
  type Instant = string; // RFC 3339

  interface Named {
    id: number;
    name: string;
  }
  interface UnitRef {
    code: string;
    name: string;
  }
  interface List<T> {
    items: T[];
    next_cursor: string | null;
  }

  interface Me {
    person: {
      id: number;
      uid: string;
      name: string;
      title: string | null;
      mail: string | null;
      unit: UnitRef | null;
    };
    classes: string[];
    roles: {
      role: string;
      title: string;
      class: string;
      unit: string | null;
      domain: string | null;
      document: string | null;
      group_name: string | null;
      until_on: Day | null;
      on_behalf_of: string | null;
    }[];
    permissions: string[];
    queue_count: number;
    drafts_count: number;
    session: { expires_at: Instant; idle_expires_at: Instant };
    organisation: { name: string; zone: string; today: Day; notice_days: number };
  }

  interface Field {
    key: string;
    label: string;
    hint: string | null;
    required: boolean;
    kind: string;
    options?: { value: string; label: string; hint?: string }[];
  }
  interface Section {
    key: string;
    title: string;
    stage?: string | null; // form stage that opens it
    fields: Field[];
  }
  interface Criterion {
    criterion: string;
    label: string;
    hint: string | null;
    alternatives: boolean;
    contact: boolean;
  }
  interface FindingKind {
    key: string;
    label: string;
    hint: string | null;
  }
  interface Stage {
    key: string;
    kind: string;
    title: string;
    role: string;
    role_title: string;
    findings: FindingKind[];
    what: string;
  }
  interface ProcedureSummary {
    key: string;
    version: number;
    number: string;
    title: string;
    type: string;
    domains: string[];
    summary: string;
    layout: string;
    step_count: number;
  }
  interface Procedure extends ProcedureSummary {
    form: { sections: Section[] };
    stages: Stage[];
    term: { max_days: number | null };
    controls: { framework: string; reference: string; label: string; note: string | null }[];
    service_request_required: boolean;
    declaration: string | null;
    qualification?: Criterion[];
    decision_labels?: { deny: string } | null;
    owner_unit: string | null;
    issued_on: Day | null;
    revised_on: Day | null;
    last_reviewed_on: Day | null;
    review_stale: boolean;
    review_months: number | null;
    distribution: string[];
    references: { title: string; note: string | null }[];
  }

  interface Clause {
    ref: string;
    title: string;
    text: string;
  }
  interface DocumentSummary {
    key: string;
    title: string;
    kind: string;
    domain: string;
    version: string | number;
    clause_count: number;
    exceptions_allowed: boolean;
  }
  interface Document extends DocumentSummary {
    published_on: Day;
    owner: { name: string } | null;
    max_term_days: number | null;
    exception_note: string | null;
    exception_types: string[];
    distribution: string[];
    clauses: Clause[];
    sla: { severity: string; days: number }[];
  }
  interface Asset {
    id: number;
    name: string;
    kind: string;
    criticality: string;
    owner: Named | null;
    unit: UnitRef | null;
    mine: boolean;
  }
  interface Unit {
    code: string;
    name: string;
    parent: string | null;
    depth: number;
  }

  interface Vulnerability {
    identifier?: string | null;
    title?: string | null;
    severity?: string | null;
    detected_on?: Day | null;
    source?: string | null;
  }
  interface Risk {
    description?: string | null;
    consequence?: string | null;
    likelihood?: number | null;
    impact?: number | null;
    likelihood_after?: number | null;
    impact_after?: number | null;
    confidentiality?: boolean;
    integrity?: boolean;
    availability?: boolean;
  }
  interface Control {
    description: string;
    state: string | null;
    owner: string | null;
  }
  interface Alternative {
    description: string;
    verdict: string | null;
    reason: string | null;
  }
  interface Qualification {
    criterion: string;
    evidence?: string | null;
    contact?: string | null;
    contacted_on?: Day | null;
  }
  interface Content {
    // biome-ignore lint/suspicious/noExplicitAny: a field is read by its kind, which only the procedure knows
    [key: string]: any;
    title?: string | null;
    cause?: string | null;
    document?: string | null;
    clauses?: string[];
    asset_id?: number | null;
    unit?: string | null;
    units?: string[];
    vulnerability?: Vulnerability | null;
    risk?: Risk | null;
    controls?: Control[];
    controls_none_reason?: string | null;
    alternatives?: Alternative[];
    requested_from?: Day | null;
    requested_until?: Day | null;
    overlap_reason?: string | null;
  }

  interface PathStep {
    index: number;
    title: string;
    what: string;
    who: string | null;
    state: 'done' | 'now' | 'next' | 'skipped';
    at: Instant | null;
    by: string | null;
  }
  interface Finding {
    kind: string;
    label: string | null;
    judgement: string;
    text: string;
    author: string;
    created_at: Instant;
    content_version: number;
  }
  interface Condition {
    text: string;
    owner: string;
    due_on: Day | null;
  }
  interface Decision {
    conditions: Condition[];
    verdict: string;
    reason: string;
    precedent_reason: string | null;
    expires_on: Day | null;
    decider_name: string;
    decider_title: string | null;
    on_behalf_of: string | null;
    role: string;
    role_title: string;
    decided_at: Instant;
    content_version: number;
    content_hash: string;
    stage_title: string | null;
  }
  interface Precedent {
    number: string;
    title: string;
    match: 'clause' | 'document' | 'words';
    clauses: string[];
    document_key: string | null;
    document_title: string | null;
    outcome: 'approved' | 'denied';
    decided_at: Instant | null;
    risk: number | null;
    band: string | null;
    days_granted: number | null;
    expires_on: Day | null;
    conditions: string[];
    reason: string | null;
    precedent_reason: string | null;
    status: string;
  }
  interface Precedents {
    items: Precedent[];
    approved: number;
    denied: number;
    median_days: number | null;
    departs_if: 'approve' | 'deny' | null;
  }
  interface Overlap {
    number: string;
    title: string;
    status: string;
    until: Day | null;
    match: 'asset' | 'unit';
    may_join: boolean;
    mine: boolean;
    owes_reason: boolean;
  }
  interface OwnRequest {
    number: string;
    title: string;
    updated_at: Instant;
    request_state: string;
  }
  interface Overlaps {
    items: Overlap[];
    own: OwnRequest[];
    reason_owed: boolean;
  }
  interface RiskEntry {
    number: string | null;
    title: string;
    description: string | null;
    confidentiality: boolean;
    integrity: boolean;
    availability: boolean;
    likelihood_before: number | null;
    impact_before: number | null;
    likelihood_after: number | null;
    impact_after: number | null;
    treatment: string;
    owner_name: string | null;
    review_on: Day | null;
  }
  interface Action {
    action: string;
    allowed: boolean;
    known: boolean; // the state and its stage know it at all
    reason: string | null;
  }
  interface PersonRef {
    id: number;
    name: string;
    title: string | null;
    unit: string | null;
  }
  interface StageNow {
    index: number;
    stage: string;
    kind: string;
    title: string;
    role: string | null; // whose turn it is; none: the requester
    role_title: string | null;
    what: string;
    entered_at: Instant | null;
    due_on: Day | null;
    holders: string[];
    holders_more: number;
    findings: { finding: string; label: string; hint: string | null }[];
    records: RecordOwed[];
    tally: VoteTally | null;
    addressee: string | null; // role that gets the letter, in words
  }
  interface RecordOwed {
    record: string;
    label: string;
    hint: string | null;
    kind: string;
    least: number;
    topics: string[];
    addressee: string | null;
    have: number;
    complete: boolean;
  }
  interface VoteTally {
    rule: string;
    least: number;
    of: number | null;
    cast: number;
    approve: number;
    deny: number;
    abstain: number;
    complete: boolean;
  }
  interface Vote {
    content_version: number;
    stage: number;
    voter: string;
    role_title: string | null;
    ballot: string;
    reason: string;
    voted_at: Instant;
  }
  interface StageRecord {
    id: number;
    stage: string;
    record: string;
    label: string | null;
    text: string | null;
    on_day: Day | null;
    reference: string | null;
    people: string | null;
    topics: string | null; // one a line
    content_version: number;
    author: string;
    recorded_at: Instant;
  }
  interface Letter {
    number: string;
    stage: string;
    state: string;
    title: string;
    body: string;
    addressees: string | null;
    drafter: string | null;
    drafted_at: Instant;
    reviewer: string | null;
    reviewed_at: Instant | null;
    sender: string | null;
    sent_at: Instant | null;
    hash: string | null;
  }
  interface WorkItem {
    id: number;
    title: string;
    what: string;
    role: string;
    role_title: string | null;
    owner: string | null;
    plan: string | null;
    opened_at: Instant;
    closed_at: Instant | null;
    closed_by: string | null;
    solution: string | null;
    row_version: number;
  }

  /** A reader without further rights gets the same struct, `redacted`, with most of it null. */
  interface Exception {
    number: string;
    etag: string | null;
    row_version: number;
    content_version: number;
    content_hash: string | null;
    request_state: string;
    status: string;
    redacted: boolean;
    mine: boolean;
    watching: boolean;
    /** Imported; its content is still to be completed. */
    undocumented: boolean;
    may_document: boolean;
    /** Imported: who is said to have decided, or "unverified". */
    legacy_decider: string | null;
    title: string;
    copied_from: string | null;
    procedure_key: string;
    procedure_version: number;
    procedure_number: string;
    procedure_title: string;
    type: string;
    domain: string | null;
    stage: StageNow | null;
    form_stage: number; // parts of the form up to this stage are open
    path: PathStep[];
    requester: PersonRef | null;
    owner: PersonRef | null;
    beneficiary: string | null;
    unit_code: string | null;
    unit_name: string | null;
    asset_id: number | null;
    asset_name: string | null;
    document_key: string | null;
    document_title: string | null;
    document_version: string | null;
    document_changed: boolean;
    clauses: Clause[];
    cause: string | null;
    content: Content | null;
    submitted_at: Instant | null;
    decided_at: Instant | null;
    updated_at: Instant;
    requested_from: Day | null;
    requested_until: Day | null;
    effective_on: Day | null;
    expires_on: Day | null;
    latest_until: Day | null;
    max_days: number | null;
    severity: string | null;
    sla_due_on: Day | null;
    days_beyond_sla: number | null;
    sla_breached_days: number | null;
    risk_before: number | null;
    risk: number | null;
    band: string | null;
    confidential: boolean;
    findings: Finding[];
    decisions: Decision[];
    decided_as: string | null; // decided; the outcome is still to come
    votes: Vote[];
    records: StageRecord[];
    letters: Letter[];
    letter_title?: string; // to start a letter from
    letter_body?: string;
    work_items: WorkItem[];
    implemented_on: Day | null;
    risks: RiskEntry[];
    acting_for: string | null;
    allowed_actions: Action[];
    faults: { pointer: string; detail: string }[]; // what it still owes, for those who may edit it
  }
  interface HistoryItem {
    id: string;
    at: Instant;
    actor: string;
    action: string;
    detail: string;
    refused: boolean;
  }
  interface DraftAnswer {
    number: string;
    etag: string;
    row_version: number;
    saved_at: Instant;
    faults: { pointer: string; detail: string }[];
  }

  interface Row {
    number: string;
    title: string;
    status: string;
    document_key: string | null;
    document_title: string | null;
    clause: string | null;
    unit_code: string | null;
    unit_name: string | null;
    owner_id: number | null;
    owner_name: string | null;
    risk: number | null;
    band: string | null;
    cause: string | null;
    submitted_at: Instant | null;
    effective_on: Day | null;
    expires_on: Day | null;
    requested_until: Day | null;
    updated_at: Instant | null;
    sla_breached_days: number | null;
    undocumented: boolean;
    confidential: boolean;
  }
  interface Register extends List<Row> {
    prev_cursor: null;
    complete: boolean;
    sorts: { key: string; available: boolean; reason: string | null }[];
    as_of: Instant;
  }
  interface Count {
    n: number;
    exact: boolean;
  }

  interface QueueRow {
    number: string;
    title: string;
    document_key: string;
    document_title: string;
    unit_code: string;
    unit_name: string;
    owner_name: string;
    requester_name: string;
    risk: number | null;
    band: string | null;
    requested_until: Day | null;
    submitted_at: Instant;
    stage_title: string;
    due_on: Day | null;
    overdue_days: number | null;
    sla_breached_days: number | null;
    own: boolean;
    findings_done: number;
    findings_owed: number;
  }
  interface Queue extends List<QueueRow> {
    total: number;
  }
  interface OwnRow {
    number: string;
    title: string;
    status?: string;
    request_state?: string;
    requested_until?: Day | null;
    expires_on?: Day | null;
    updated_at?: Instant;
  }
  interface Home {
    drafts: OwnRow[];
    waiting_for_me: QueueRow[];
    queue_count: number;
    mine_open: OwnRow[];
    mine_ending: OwnRow[];
    notices: {
      id: string;
      kind: string;
      text: string;
      number: string | null;
      detail: string | null;
      at: Instant;
    }[];
    may_request: boolean;
    to_acknowledge: { number: string; title: string; added_at: Instant; added_by: string }[];
  }
  interface Tally {
    active: number;
    waiting: number;
    ending_30: number;
    expired_30: number;
  }
  interface Dashboard extends Tally {
    as_of: Instant;
    today: Day;
    /** Imported and still to be completed. */
    undocumented: number;
    by_document: (Tally & { key: string; title: string })[];
    by_unit: (Tally & { code: string; name: string })[];
  }

  interface Violation {
    number: string;
    reporter: string;
    supervisor: string;
    supervisor_named: boolean;
    what: string;
    unit_code: string | null;
    unit_name: string | null;
    document_key: string | null;
    document_title: string | null;
    clauses: string | null;
    known_on: Day;
    filed_at: Instant;
    state: string;
  }
  interface ViolationView {
    violation: Violation;
    told: string[];
  }
  interface ViolationList {
    items: Violation[];
    next_cursor: string | null;
    all: boolean;
    reads_all: boolean;
  }

  interface Role {
    role: string;
    title: string;
    role_class: string;
  }
  interface Mapping {
    id: number;
    etag: string | null;
    group_id: string;
    group_name: string;
    group_dn: string;
    role: string;
    role_title: string | null;
    role_class: string | null;
    unit_code: string | null;
    unit_name: string | null;
    domain: string | null;
    document_key: string | null;
    members: number;
    created_at: Instant;
    created_by: string | null;
  }
  interface Group {
    id: string;
    name: string;
    dn: string;
    description: string | null;
    members: number | null;
    role: string | null;
    scope: string | null;
  }
  interface MappingPreview {
    group: Group;
    members: number;
    more: boolean;
    people: DirectoryPerson[];
    gains: string[];
    gains_more: number;
    already: number;
  }
  interface DirectoryPerson {
    uid: string;
    name: string;
    title: string | null;
    mail: string | null;
    department: string | null;
  }
  interface Access {
    person: DirectoryPerson;
    groups: Group[];
    designations: Designation[];
    acts_for: Delegation[];
    classes: string[];
  }
  interface Attachment {
    position: number;
    name: string;
    media_type: string;
    kind: string;
    size: number;
    sha256: string;
    uploaded_at: Instant;
    uploaded_by: string;
    href: string;
    may_remove: boolean;
    kept: string | null;
  }
  interface Attachments {
    items: Attachment[];
    may_add: boolean;
    reason: string | null;
    extensions: string[];
    max_file_bytes: number;
    max_files: number;
    max_total_bytes: number;
    total_bytes: number;
  }
  interface Act {
    id: number;
    etag: string | null;
    state: 'scheduled' | 'current' | 'past';
    from_on: Day;
    until_on: Day | null;
    note: string | null;
    created_at: Instant;
    created_by: string;
    ended_at: Instant | null;
    ended_by: string | null;
  }
  interface Designation extends Act {
    uid: string;
    name: string;
    role: string;
    role_title: string;
    role_class: string;
    unit_code: string | null;
    unit_name: string | null;
    domain: string | null;
    document_key: string | null;
  }
  interface Delegation extends Act {
    from_uid: string;
    from_name: string;
    to_uid: string;
    to_name: string;
    role: string | null;
    role_title: string | null;
  }
  interface OwnDelegations {
    given: Delegation[];
    received: Delegation[];
  }
  interface AuditEvent {
    id: number;
    at: Instant;
    actor: string | null;
    action: string;
    object_type: string | null;
    object: string | null;
    result: string;
    detail: string | null;
    address: string | null;
  }

  interface Comment {
    id: number;
    kind: 'comment' | 'question' | 'answer';
    in_reply_to: number | null;
    author: string;
    author_uid: string;
    author_title: string | null;
    expert: boolean;
    at: Instant;
    text: string | null;
    mentions: string[];
    retracted_at: Instant | null;
    asks_title: string | null;
    waits: boolean;
    mine: boolean;
    may_retract: boolean;
    may_answer: boolean;
  }
  interface CommentList extends List<Comment> {
    may_ask: boolean;
    ask_reason: string | null;
    asks_title: string | null;
  }
  interface Question {
    id: number;
    number: string;
    title: string;
    draft: boolean;
    procedure_number: string | null;
    procedure_title: string | null;
    asked_by: string;
    at: Instant;
    text: string;
  }
  interface QuestionList extends List<Question> {
    total: number;
  }
  interface Participant {
    part: 'stakeholder' | 'expert';
    uid: string;
    name: string;
    title: string | null;
    unit: string | null;
    via: string | null;
    via_name: string | null;
    added_by: string;
    added_at: Instant;
    acknowledged_at: Instant | null;
  }
  interface StakeholderList {
    items: Participant[];
    waiting: number | null;
    shows_acknowledgements: boolean;
    may_add: boolean;
    add_reason: string | null;
    may_add_expert: boolean;
    expert_reason: string | null;
    to_acknowledge: boolean;
  }
}
