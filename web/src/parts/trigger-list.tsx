import type { PipelineScheduleListItem } from 'runsim/api';
import { selectSchedule } from '../commands';
import { listedSchedules, scheduleId } from '../signals';
import { Status } from './status';

const kTypes: Record<string, string> = { time: 'schedule', api: 'API call', event: 'event' };

export function TriggerList() {
    return (
        <nav class="triggers panel" aria-label="Triggers">
            <h2>Triggers</h2>
            <ul>
                {listedSchedules.value.map((s) => (
                    <li key={s.id}>
                        <TriggerRow schedule={s} />
                    </li>
                ))}
            </ul>
        </nav>
    );
}

function TriggerRow({ schedule: s }: { schedule: PipelineScheduleListItem }) {
    const how = [kTypes[s.schedule_type ?? ''] ?? 'no type', s.schedule_interval].filter(Boolean).join(' · ');
    const busy = s.pipeline_in_progress_runs_count ?? 0;
    return (
        <button
            class={`trigger ${s.status}`}
            aria-current={s.id === scheduleId.value}
            onClick={() => selectSchedule(s.id)}
        >
            <span class="line">
                <span class="name" title={s.name}>
                    {s.name}
                </span>
                <span class="runs-count" title={`${s.pipeline_runs_count ?? 0} runs, ${busy} in progress`}>
                    {s.pipeline_runs_count ?? 0}
                </span>
            </span>
            <span class="line sub">
                <span class="pipeline">{s.pipeline_uuid}</span>
                {s.last_pipeline_run_status && <Status of={s.last_pipeline_run_status} bare />}
            </span>
            <span class="sub">{s.status === 'inactive' ? 'inactive' : how}</span>
        </button>
    );
}
