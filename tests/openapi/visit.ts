// A call that the web UI of Mage 0.9.79 makes, and what it cannot do without in the answer.

export interface Visit {
    /** `METHOD target`; {schedule}, {run}, {block_run}, {backfill}, {token} are records of the world that is walked. */
    call: string;
    json?: unknown;
    /** Paths that must be there: `a[].b` in every row, of which there must be one; `a[]?.b` in every row; `a!` not null. */
    needs: string[];
    /** Not answered yet; what brings it. */
    pending?: string;
}
