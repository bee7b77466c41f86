import { condition, defineSignal, defineUpdate, getExternalWorkflowHandle, ParentClosePolicy, setHandler, startChild } from '@temporalio/workflow';

/** Signal of the bare workflows: another value. */
export const SET = 'set';
const WINDOW = 200;

/** Starts its members and goes on; passes on what it is told, to one or to all. */
export async function BareGroup(members: readonly string[]): Promise<void> {
  let value = 0;
  const tell = async (ids: readonly string[], next: number): Promise<void> => {
    value = next;
    await Promise.all(ids.map((id) => getExternalWorkflowHandle(id).signal(SET, next)));
  };
  setHandler(defineSignal<[number]>(SET), (next) => void (value = next));
  setHandler(defineUpdate<void, [string, number]>('setOne'), (id, next) => tell([id], next));
  setHandler(defineUpdate<void, [number]>('setAll'), (next) => tell(members, next));
  for (let first = 0; first < members.length; first += WINDOW) {
    await Promise.all(
      members.slice(first, first + WINDOW).map((workflowId) =>
        startChild(BareMember, { workflowId, args: [], parentClosePolicy: ParentClosePolicy.ABANDON }),
      ),
    );
  }
  await condition(() => value < 0);
}

/** Keeps what it is told, and tells another workflow if it is asked to. */
export async function BareMember(): Promise<void> {
  let value: number | string = 0;
  setHandler(defineSignal<[number | string]>(SET), (next) => void (value = next));
  setHandler(defineUpdate<void, [string, number]>('raise'), async (owner, next) => {
    value = next;
    await getExternalWorkflowHandle(owner).signal(SET, next);
  });
  await condition(() => typeof value === 'number' && value < 0);
}
