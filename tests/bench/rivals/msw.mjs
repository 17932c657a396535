// MSW over a mock: what a test has between its `fetch` and the mock when no network is there.
import { getResponse, HttpResponse, http } from 'msw';

const json = { headers: { 'Content-Type': 'application/json' } };
const targetOf = (url) => url.slice(url.indexOf('/', url.indexOf('//') + 2));

/** { name, fetch(request) }, of a mock with `page` and `trigger`. */
export function overMsw(mock) {
    const handlers = [
        http.get('*/api/pipeline_schedules/:id/pipeline_runs', ({ request }) => {
            return new HttpResponse(mock.page(targetOf(request.url)), json);
        }),
        http.post('*/api/pipeline_schedules/:id/pipeline_runs/:token', async ({ request }) => {
            return new HttpResponse(mock.trigger(targetOf(request.url), await request.arrayBuffer()), json);
        }),
    ];
    return { name: `msw over ${mock.name}`, fetch: (request) => getResponse(handlers, request) };
}
