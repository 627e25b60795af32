"""The API and its schema."""

from portal.settings.environment import env

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.parties.authentication.PartySessionAuthentication",
        "portal.parties.authentication.KeyAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["portal.parties.authentication.KeyThrottle"],
    "DEFAULT_THROTTLE_RATES": {"key": env.str("API_KEY_RATE", default="600/min")},
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "portal.core.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.core.api.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "portal.core.api.errors.exception_handler",
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Trilink API",
    "DESCRIPTION": (
        "How to call it: `docs/api.md` of the source. What anybody learns of a party by it, field "
        "by field and why: `docs/visible.md`."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.core.api.parameters.describe_refusal",
    ],
    "ENUM_NAME_OVERRIDES": {  # where one list stands under several names
        "AdviceTopicEnum": "training.advice.states.AdviceTopic",
        "AppealOutcomeEnum": "portal.evaluation.states.AppealOutcome.values",
        "AppealStatusEnum": "portal.evaluation.states.AppealStatus.values",
        "CertificationPaperKindEnum": "portal.tiers.certification_states.PaperKind",
        "ClaimStatusEnum": "portal.parties.states.ClaimStatus",
        "OpeningStatusEnum": "portal.parties.states.OpeningStatus.values",
        "ConductCaseStatusEnum": "portal.conduct.states.CaseStatus.values",
        "ConductMeasureKindEnum": "portal.conduct.states.MeasureKind.values",
        "CourseTopicEnum": "training.courses.states.Topic",
        "FactPartEnum": "portal.parties.profile_states.FactPart",
        "GrowthBenefitKindEnum": "portal.growth.states.ProviderBenefit",
        "GrowthLevelEnum": "portal.growth.states.Level",
        "ProviderSizeEnum": "portal.growth.states.Size",
        "FrameworkSideEnum": "portal.tiers.framework_states.FrameworkSide",
        "GivenRoleEnum": "portal.parties.api.members.GIVABLE",
        "LedgerAccountKindEnum": "portal.ledger.states.Kind",
        "PaperRoleEnum": "portal.revenue.states.PaperRole",
        "PartyKindEnum": "portal.parties.states.PartyKind",
        "PostCarrierEnum": "matchmaking.recruiting.states.Carrier",
        "PostRejectReasonEnum": "matchmaking.recruiting.states.REJECT_CHOICES",
        "PostWithdrawReasonEnum": "matchmaking.recruiting.states.WithdrawReason",
        "PostLossReasonEnum": "matchmaking.recruiting.states.LOSS_REASONS",
        "ProductSourceEnum": "portal.policies.states.ProductSource",
        "QuestionKindEnum": "training.assessment.states.QuestionKind",
        "SizeEnum": "matchmaking.fairs.states.BrandSize",
        "StarAppealStatusEnum": "portal.tiers.states.AppealStatus",
    },
}
