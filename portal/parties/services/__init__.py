from portal.parties.services.accounts import (
    claim_account,
    expire_accounts,
    place_proof,
    prove_account,
    prove_by_sign_in,
    refuse_account,
    release_account,
    remind_of_proofs,
)
from portal.parties.services.appeals import (
    file_appeal,
    judge_appeal,
    withdraw_appeal,
)
from portal.parties.services.attestation import (
    attest_documents,
    attest_undocumented,
)
from portal.parties.services.bindings import (
    note_binding,
    unbind_app,
)
from portal.parties.services.bulk import (
    PartyLife,
    register_parties,
)
from portal.parties.services.bulk_portfolios import (
    Portfolio,
    PortfolioCase,
    describe_providers,
)
from portal.parties.services.bulk_profiles import (
    Logo,
)
from portal.parties.services.bulk_roster import (
    Signing,
    sign_creators,
)
from portal.parties.services.cases import (
    ask_check,
    change_case,
    recall_case,
    refuse_case_mark,
    verify_case,
    withdraw_case,
    write_case,
)
from portal.parties.services.claims import (
    accept_claim,
    answer_claim,
    ask_claimant,
    claim_code,
    claim_party,
    prove_claim_by_phone,
    refuse_claim,
    send_claim_code,
    withdraw_claim,
)
from portal.parties.services.departures import (
    agree_departure,
    ask_departure,
    contest_departure,
    contest_unanswered,
    decide_departure,
    state_departure,
    withdraw_departure,
)
from portal.parties.services.documents import (
    accept_document,
    expire_documents,
    hand_in_document,
    remind_of_expiry,
    return_document,
    withdraw_document,
)
from portal.parties.services.grants import (
    actor_of_grant,
    end_grant,
    find_grant,
    give_grant,
    note_grant_use,
)
from portal.parties.services.keys import (
    actor_of_key,
    find_key,
    make_key,
    note_use,
    revoke_key,
)
from portal.parties.services.measures import (
    lift_due_suspensions,
    lift_suspension,
    suspend_party,
)
from portal.parties.services.members import (
    accept_invitation,
    change_role,
    decline_invitation,
    expire_invitations,
    invite_member,
    leave_party,
    remove_member,
    resend_invitation,
    withdraw_invitation,
)
from portal.parties.services.merging import (
    merge_parties,
)
from portal.parties.services.offers import (
    prune_offer_changes,
)
from portal.parties.services.onboarding import (
    put_checklist_away,
)
from portal.parties.services.open_data import (
    take_parties,
)
from portal.parties.services.openings import (
    refuse_opening,
    say_opening,
    set_opening,
    verify_opening,
    withdraw_opening,
)
from portal.parties.services.ownership import (
    accept_ownership,
    decline_ownership,
    offer_ownership,
    withdraw_ownership,
)
from portal.parties.services.parties import (
    close_party,
    hide_party,
    list_party,
    lock_party,
    register_party,
    reveal_party,
    set_language,
    submit_party,
    tell_party,
    update_party,
)
from portal.parties.services.payouts import (
    confirm_payout,
    enter_payout,
    refuse_payout,
    withdraw_payout,
)
from portal.parties.services.personal import (
    ask_erasure,
    ask_personal_export,
    erase_people,
    exports_of,
    make_personal_export,
    personal_data,
    prune_personal_exports,
    withdraw_erasure,
)
from portal.parties.services.persons import (
    give_real_name,
)
from portal.parties.services.phones import (
    prune_codes,
    send_code,
    set_phone,
    sign_up_by_phone,
    use_code,
)
from portal.parties.services.pictures import (
    refresh_picture,
    remove_picture,
    set_picture,
)
from portal.parties.services.portfolio import (
    add_staff,
    change_staff,
    give_staff_certificates,
    remove_staff,
    take_staff_certificates,
)
from portal.parties.services.profiles import (
    describe_agency,
    describe_merchant,
)
from portal.parties.services.review import (
    approve_party,
    confirm_real_name,
    recall_party,
    refuse_party,
    refuse_real_name,
    restart_party,
    return_party,
)
from portal.parties.services.roster import (
    change_status,
    decline_roster,
    end_entry,
    end_memberships,
    expire_roster,
    invite_creator,
    join_roster,
    lock_entry,
    plain_phone,
    remind_creator,
    reveal_phone,
    show_entry,
    tell_agency,
    tell_side,
    withdraw_roster,
)
from portal.parties.services.rotation import (
    reseal_everything,
)
from portal.parties.services.sandboxes import (
    make_sandbox,
)
from portal.parties.services.scopes import (
    narrow_member,
)
from portal.parties.services.security import (
    note_security_change,
)
from portal.parties.services.sessions import (
    end_other_sessions,
    end_session,
    forget_sessions,
    record_sign_in,
    see_sign_in,
    unlock_person,
)
from portal.parties.services.viewing import (
    begin_viewing,
    end_viewing,
    note_page,
)

__all__ = [
    "Logo",
    "PartyLife",
    "Portfolio",
    "PortfolioCase",
    "Signing",
    "accept_claim",
    "accept_document",
    "accept_invitation",
    "accept_ownership",
    "actor_of_grant",
    "actor_of_key",
    "add_staff",
    "agree_departure",
    "answer_claim",
    "approve_party",
    "ask_check",
    "ask_claimant",
    "ask_departure",
    "ask_erasure",
    "ask_personal_export",
    "attest_documents",
    "attest_undocumented",
    "begin_viewing",
    "change_case",
    "change_role",
    "change_staff",
    "change_status",
    "claim_account",
    "claim_code",
    "claim_party",
    "close_party",
    "confirm_payout",
    "confirm_real_name",
    "contest_departure",
    "contest_unanswered",
    "decide_departure",
    "decline_invitation",
    "decline_ownership",
    "decline_roster",
    "describe_agency",
    "describe_merchant",
    "describe_providers",
    "end_entry",
    "end_grant",
    "end_memberships",
    "end_other_sessions",
    "end_session",
    "end_viewing",
    "enter_payout",
    "erase_people",
    "expire_accounts",
    "expire_documents",
    "expire_invitations",
    "expire_roster",
    "exports_of",
    "file_appeal",
    "find_grant",
    "find_key",
    "forget_sessions",
    "give_grant",
    "give_real_name",
    "give_staff_certificates",
    "hand_in_document",
    "hide_party",
    "invite_creator",
    "invite_member",
    "join_roster",
    "judge_appeal",
    "leave_party",
    "lift_due_suspensions",
    "lift_suspension",
    "list_party",
    "lock_entry",
    "lock_party",
    "make_key",
    "make_personal_export",
    "make_sandbox",
    "merge_parties",
    "narrow_member",
    "note_binding",
    "note_grant_use",
    "note_page",
    "note_security_change",
    "note_use",
    "offer_ownership",
    "personal_data",
    "place_proof",
    "plain_phone",
    "prove_account",
    "prove_by_sign_in",
    "prove_claim_by_phone",
    "prune_codes",
    "prune_offer_changes",
    "prune_personal_exports",
    "put_checklist_away",
    "recall_case",
    "recall_party",
    "record_sign_in",
    "refresh_picture",
    "refuse_account",
    "refuse_case_mark",
    "refuse_claim",
    "refuse_opening",
    "refuse_party",
    "refuse_payout",
    "refuse_real_name",
    "register_parties",
    "register_party",
    "release_account",
    "remind_creator",
    "remind_of_expiry",
    "remind_of_proofs",
    "remove_member",
    "remove_picture",
    "remove_staff",
    "reseal_everything",
    "resend_invitation",
    "restart_party",
    "return_document",
    "return_party",
    "reveal_party",
    "reveal_phone",
    "revoke_key",
    "say_opening",
    "see_sign_in",
    "send_claim_code",
    "send_code",
    "set_language",
    "set_opening",
    "set_phone",
    "set_picture",
    "show_entry",
    "sign_creators",
    "sign_up_by_phone",
    "state_departure",
    "submit_party",
    "suspend_party",
    "take_parties",
    "take_staff_certificates",
    "tell_agency",
    "tell_party",
    "tell_side",
    "unbind_app",
    "unlock_person",
    "update_party",
    "use_code",
    "verify_case",
    "verify_opening",
    "withdraw_appeal",
    "withdraw_case",
    "withdraw_claim",
    "withdraw_departure",
    "withdraw_document",
    "withdraw_erasure",
    "withdraw_invitation",
    "withdraw_opening",
    "withdraw_ownership",
    "withdraw_payout",
    "withdraw_roster",
    "write_case",
]
