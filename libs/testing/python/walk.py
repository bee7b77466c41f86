"""Walks a Launchpad with launchpadlib, unmodified, and prints what it finds as JSON lines.

Each line is one entry, {"entry": fields}, or one collection, {"of": link, "name": name, "entries": [fields, ...]}.
A plan, a JSON object on standard input, says where to go; see walkWithLaunchpadlib in the package for its fields.
"""

import json
import sys
import tempfile
import time
from datetime import datetime

from launchpadlib.credentials import (
    AccessToken,
    AuthorizeRequestTokenWithURL,
    Credentials,
    EndUserNoAuthorization,
    UnencryptedFileCredentialStore,
)
from launchpadlib.launchpad import Launchpad
from lazr.restfulclient.errors import HTTPError
from lazr.restfulclient.resource import Resource

BUG_STATUSES = [
    "New", "Incomplete", "Opinion", "Invalid", "Won't Fix", "Expired", "Confirmed", "Triaged", "In Progress",
    "Deferred", "Fix Committed", "Fix Released", "Does Not Exist", "Unknown",
]
PROPOSAL_STATUSES = [
    "Work in progress", "Needs review", "Approved", "Rejected", "Merged", "Code failed to merge", "Queued", "Superseded",
]
QUESTION_STATUSES = ["Open", "Needs information", "Answered", "Solved", "Expired", "Invalid"]
PERSON_COLLECTIONS = ["members", "participants", "members_details", "memberships_details", "super_teams", "sub_teams", "ppas", "all_specifications"]


class AskOnStandardOutput(AuthorizeRequestTokenWithURL):
    """Prints the page that a person is to open, and asks Launchpad again and again until the answer is there."""

    def notify_end_user_authorization_url(self, authorization_url):
        emit({"authorize": authorization_url})

    def wait_for_end_user_authorization(self, credentials):
        for _ in range(300):
            try:
                return self.check_end_user_authorization(credentials)
            except EndUserNoAuthorization:
                time.sleep(0.1)
        raise SystemExit("Nobody authorized the token in time")


def emit(line):
    print(json.dumps(line), flush=True)


def log_in(plan, cache):
    root, version, name = plan["url"], plan["version"], plan["applicationName"]
    if plan.get("dance"):
        store = UnencryptedFileCredentialStore(cache + "/credentials")
        engine = AskOnStandardOutput(root, name, allow_access_levels=[plan["dance"]])
        return Launchpad.login_with(
            name, root, launchpadlib_dir=cache, version=version, authorization_engine=engine, credential_store=store
        )
    if plan.get("credentials"):
        key, secret = plan["credentials"]["accessToken"], plan["credentials"]["accessSecret"]
        credentials = Credentials(name, access_token=AccessToken(key, secret))
        return Launchpad(credentials, AskOnStandardOutput(root, name), None, service_root=root, cache=cache, version=version)
    return Launchpad.login_anonymously(name, root, cache, version=version)


def plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Resource):
        return fields_of(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def fields_of(entry):
    """Every field, under its name in JSON: attributes as launchpadlib gives them, links as they stand."""
    names = list(entry.lp_attributes)
    names += [name + "_link" for name in entry.lp_entries]
    names += [name + "_collection_link" for name in entry.lp_collections]
    return {name: plain(entry.lp_get_parameter(name)) for name in names}


class Walk:
    def __init__(self, launchpad, part, parts):
        self.launchpad = launchpad
        self.part = part
        self.parts = parts
        self.turn = 0

    def load(self, path):
        return self.launchpad.load(str(self.launchpad._root_uri.ensureSlash()) + path)

    def mine(self):
        """Whether this process takes the next piece of the walk; all processes ask in the same order."""
        self.turn += 1
        return self.turn % self.parts == self.part

    def entry(self, entry):
        fields = fields_of(entry)
        emit({"entry": fields})
        return fields

    def collection(self, of, name, collection):
        # Not list(): that asks for the length first.
        try:
            entries = [entry for entry in collection]
        except HTTPError as error:
            emit({"missing": of + "/" + name, "status": error.response.status})
            return []
        emit({"of": of, "name": name, "entries": [fields_of(entry) for entry in entries]})
        return entries

    def below(self, entry, names):
        of = entry.self_link
        return {name: self.collection(of, name, getattr(entry, name)) for name in names if name in entry.lp_collections}

    def find(self, collection, key):
        try:
            entry = collection[key]
            self.entry(entry)
            return entry
        except KeyError:
            emit({"missing": str(key), "status": 404})
        except HTTPError as error:
            emit({"missing": str(key), "status": error.response.status})
        return None

    def person(self, name, plan):
        person = self.find(self.launchpad.people, name)
        if person is None:
            return
        below = self.below(person, PERSON_COLLECTIONS)
        for archive in below.get("ppas", []):
            self.collection(archive.self_link, "getPublishedSources", archive.getPublishedSources(order_by_date=True))
        if name not in plan["activityOf"]:
            return
        link = person.self_link
        tasks = person.searchTasks(status=BUG_STATUSES, omit_duplicates=False, order_by="id")
        self.collection(link, "searchTasks", tasks)
        self.collection(link, "getMergeProposals", person.getMergeProposals(status=PROPOSAL_STATUSES))
        self.collection(link, "getRequestedReviews", person.getRequestedReviews(status=PROPOSAL_STATUSES))
        for participation in ["Owner", "Commenter", "Answerer"]:
            questions = person.searchQuestions(status=QUESTION_STATUSES, participation=[participation])
            self.collection(link, "searchQuestions " + participation, questions)

    def bug(self, number):
        bug = self.find(self.launchpad.bugs, number)
        if bug is not None:
            self.below(bug, ["bug_tasks", "activity", "messages"])

    def proposals(self, project):
        found = self.launchpad.projects[project].getMergeProposals(status=PROPOSAL_STATUSES)
        for proposal in found:
            if not self.mine():
                continue
            self.entry(proposal)
            below = self.below(proposal, ["all_comments", "votes", "bugs", "preview_diffs"])
            for diff in below["preview_diffs"]:
                self.value(proposal, "getInlineComments", previewdiff_id=diff.id)

    def value(self, entry, operation, **parameters):
        name = " ".join([operation] + [str(value) for value in parameters.values()])
        emit({"of": entry.self_link, "name": name, "entries": plain(getattr(entry, operation)(**parameters))})

    def questions(self, target):
        for question in self.load(target).searchQuestions(status=QUESTION_STATUSES, language=["en", "de", "es"]):
            if not self.mine():
                continue
            self.entry(question)
            self.below(question, ["messages"])


def walk(plan, cache):
    walking = Walk(log_in(plan, cache), plan["part"], plan["parts"])
    if plan["me"] and plan["part"] == 0:
        walking.entry(walking.launchpad.me)
    for name in plan["people"]:
        if walking.mine():
            walking.person(name, plan)
    for number in plan["bugs"]:
        if walking.mine():
            walking.bug(number)
    for project in plan["projects"]:
        walking.proposals(project)
    for target in plan["questionTargets"]:
        walking.questions(target)
    for path in plan["entries"]:
        if walking.mine():
            walking.entry(walking.load(path))


def main():
    with tempfile.TemporaryDirectory(prefix="launchpadlib-") as cache:
        walk(json.load(sys.stdin), cache)


if __name__ == "__main__":
    main()
