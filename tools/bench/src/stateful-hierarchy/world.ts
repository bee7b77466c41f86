import { action, entity, entityWorkflow, int, key, loader, many, model, own, type Field } from '@tributary/stateful-workflow';

// Fields with types of our own, which declarations of other projects can name.

export interface Key extends Field<string> {
  readonly kind: 'key';
}

export interface Many<T extends string> extends ReturnType<typeof many<T>> {
  readonly relation: 'many';
}

const id = (): Key => key();
const whole = (): Field<number> => int();
const some = <const T extends string>(target: T): Many<T> => many(target);
const parts = <const T extends string>(target: T): Many<T> => many(target, { cascade: true });

/** Id of the entity that all members of a group share. */
export const NOTICE = 'notice';

const world = model(
  entity('Group', { id: id(), members: parts('Member'), notices: some('Notice') }),
  entity('Member', { id: id(), value: whole(), notices: some('Notice') }),
  entity('Notice', { id: id(), value: whole() }),
);

const set = action({ value: whole() }, {}, (draft: { value: number }, { value }) => {
  draft.value = value;
});

export const memberWorkflow = entityWorkflow(world, 'Member', { actions: { set } });

/** Each member loads with the credential of the group, when it starts and when it is asked to. */
export const loadingMemberWorkflow = entityWorkflow(world, 'Member', {
  name: 'LoadingMemberWorkflow',
  loaders: { value: loader('loadMember') },
});

export const groupWorkflow = entityWorkflow(world, 'Group', {
  owns: { members: own(memberWorkflow) },
  actions: {
    /** Changes one member. */
    setOne: action({ id: id(), value: whole() }, {}, (draft, { id: member, value }) => {
      const found = draft.members.get(member);
      if (found) found.value = value;
    }),
    /** Changes what all members see. */
    setAll: action({ value: whole() }, {}, (draft, { value }) => {
      draft.notices.add({ id: NOTICE, value });
    }),
  },
});

export const loadingGroupWorkflow = entityWorkflow(world, 'Group', {
  name: 'LoadingGroupWorkflow',
  owns: { members: own(loadingMemberWorkflow) },
});
