"""English sentences by the code of the error: what is the matter, and how to mend it."""

_UNAVAILABLE = ("The cabinet is not available now.", "Please try again a little later.")

ENGLISH: dict[str, tuple[str, str]] = {
    "elkk": ("Something went wrong.", "Please try again a little later."),
    # Common to all
    "shared.form_rejected": ("Some fields are not right.", "Correct the marked fields."),
    "shared.batch_rejected": (
        "The file was refused: not a single row was recorded.",
        "Correct the faults listed and load the whole file again.",
    ),
    "shared.field_required": ("This field is required", ""),
    "shared.field_too_long": ("At most {limit:character|characters}", ""),
    "shared.duplicate_row": ("The row repeats one of the rows above", ""),
    "shared.stale_state": (
        "Somebody else has just changed these data.",
        "Reload the page and repeat.",
    ),
    "shared.supplier_not_found": (
        "There is no such supplier: {supplier}.",
        "Check the code of the supplier.",
    ),
    "shared.account_not_found": (
        "There is no such account among yours.",
        "Choose one of “Your accounts”, or link it.",
    ),
    "shared.not_an_amount": ("Enter an amount in digits, for example 1500,00", ""),
    "shared.not_a_month": ("Not a month: “{text}”.", "Write it like this: 2026-11."),
    "shared.not_a_window": (
        "Not the days on which readings are taken: “{text}”.",
        "Write the first and the last day like this: 15-25.",
    ),
    "shared.not_a_zone": (
        "Not a zone of the day: “{text}”.",
        "There are all_day, day, night, peak and half_peak.",
    ),
    "shared.not_a_date": ("Not a date: “{text}”.", "Write it like 2026-11-22 or 22.11.2026."),
    "shared.no_such_date": ("The calendar has no such day: “{text}”", ""),
    "shared.not_a_whole_number": ("Not a whole number: “{text}”", ""),
    "shared.not_a_decimal": ("Not a number: “{text}”", ""),
    "shared.not_yes_or_no": ("It can be yes or no, not “{text}”", ""),
    "shared.not_traits": (
        "Not traits: “{text}”.",
        "Write them like this: stove=electric; rooms=2.",
    ),
    "shared.dates_out_of_order": ("The last day, {last}, comes before the first, {first}", ""),
    "shared.nothing_in_force": (
        "The table {table} has no value for {day}.",
        "Give a later day, or complete the table.",
    ),
    # Registration
    "identity.phone_malformed": ("Enter a phone number, for example +7 916 123-45-67", ""),
    "identity.phone_not_mobile": ("This number cannot receive SMS: give a mobile phone", ""),
    "identity.email_malformed": ("Enter an address like name@example.ru", ""),
    "identity.name_has_forbidden_characters": ("Only letters, blanks, hyphens, apostrophes", ""),
    "identity.password_too_short": ("At least {least:character|characters}", ""),
    "identity.password_too_long": ("At most {most:character|characters}", ""),
    "identity.password_common": (
        "It is too easy to guess.",
        "Choose another one: a few random words in a row are good.",
    ),
    "identity.passwords_differ": ("Not the same as the password", ""),
    "identity.birth_date_implausible": (
        "Enter a date of birth from {earliest} to {latest}",
        "",
    ),
    "identity.phone_unchanged": ("This is your present number", ""),
    "identity.email_unchanged": ("This is your present address", ""),
    "identity.phone_change_not_found": (
        "No new number waits to be confirmed.",
        "Begin to change the phone in the profile anew.",
    ),
    "identity.consent_required": (
        "One cannot register without consent.",
        "Read the agreement and press “Continue”.",
    ),
    "identity.registration_not_found": (
        "This registration is no longer valid.",
        "Start it again on the entry page.",
    ),
    "identity.recovery_link_not_found": (
        "There is no such link.",
        "Check that all of it was copied from the letter, or ask for a new letter.",
    ),
    "identity.recovery_link_expired": ("The link is too old.", "Ask for a new letter."),
    "identity.recovery_link_used": (
        "The password was changed by this link already.",
        "Sign in with the new password, or ask for a new letter.",
    ),
    "identity.phone_taken": (
        "This phone is registered already.",
        "Sign in with it, or restore the password.",
    ),
    # “I am not a robot”
    "identity.captcha_not_passed": ("Confirm that you are not a robot", ""),
    "identity.captcha_expired": (
        "The check “I am not a robot” is too old.",
        "Pass it once more and send the form.",
    ),
    "identity.too_many_replies": (
        "Questions are answered too often from your address.",
        "Tick “I am not a robot”, or try after {free_at}.",
    ),
    "captcha.unavailable": (
        "The check “I am not a robot” does not answer now.",
        "Answer the question in its place, or try later.",
    ),
    # Codes
    "identity.wrong_code": ("The code is wrong.", "{tries_left:try|tries} left."),
    "identity.code_expired": ("The code is too old.", "Ask for a new one."),
    "identity.code_tries_spent": ("There are no tries left for this code.", "Ask for a new one."),
    "identity.code_used": ("This code was used before.", "Sign in, or start again."),
    "identity.code_too_soon": (
        "A code was sent to this number a moment ago.",
        "A new one can be asked for in a minute.",
    ),
    "identity.too_many_codes": (
        "Too many codes were sent to this number today.",
        "The next one can be asked for after {free_at}.",
    ),
    # Signing in
    "identity.sign_in_refused": (
        "Wrong login or password.",
        "Check the keyboard layout and the case. An e-mail works once it is confirmed.",
    ),
    "identity.sign_in_throttled": (
        "Too many wrong passwords.",
        "Try after {free_at}, or restore the password.",
    ),
    "identity.wrong_password": ("The present password is wrong", ""),
    "identity.second_factor_required": (
        "The password is right; a code is needed too.",
        "Enter the code from the SMS or the app.",
    ),
    "identity.sign_in_expired": (
        "The time to enter the code is over.",
        "Sign in anew, please.",
    ),
    "identity.second_factor_throttled": (
        "Too many wrong codes.",
        "Try again after {free_at} or write to support.",
    ),
    "identity.second_factor_is_on": (
        "Signing in by a code is on already.",
        "To choose another way, switch this one off first.",
    ),
    "identity.second_factor_not_chosen": (
        "There is nothing to confirm now.",
        "Choose in the profile how you get codes to sign in.",
    ),
    "identity.session_not_found": (
        "This session has ended already.",
        "Reload the page of the profile.",
    ),
    "identity.session_ended": ("The session has ended.", "Please sign in again."),
    "identity.recovery_not_found": (
        "This password recovery is no longer valid.",
        "Start it again on the entry page.",
    ),
    "identity.user_not_found": ("There is no such user.", "Check the phone or e-mail."),
    # E-mail
    "identity.email_taken": (
        "This e-mail is confirmed in another cabinet.",
        "Sign in there, or write to support.",
    ),
    "identity.email_already_confirmed": ("The e-mail is confirmed already.", "All is well."),
    "identity.confirmation_not_found": (
        "The link does not fit.",
        "Perhaps it was not copied whole. A new letter can be asked for in the profile.",
    ),
    "identity.confirmation_expired": (
        "The link has expired.",
        "Sign in by phone and ask for a new letter in the profile.",
    ),
    "identity.too_many_letters": (
        "Too many letters were sent today.",
        "The next one can be asked for after {free_at}.",
    ),
    # Suppliers and accounts
    "accounts.supplier_code_taken": (
        "There is a supplier with the code {supplier} already.",
        "Choose another code.",
    ),
    "accounts.supplier_code_malformed": (
        "A supplier's code has small Latin letters, digits and hyphens",
        "",
    ),
    "accounts.time_zone_unknown": (
        "There is no such time zone: “{text}”.",
        "Give a name like Europe/Moscow.",
    ),
    "accounts.bank_key_wrong": (
        "The control digit of the settlement account does not fit the BIC.",
        "Compare both with the requisites of the bank.",
    ),
    "accounts.tax_number_wrong": ("The control digits of the INN do not fit", ""),
    "accounts.digits_expected": ("There must be exactly {length:digit|digits}", ""),
    "accounts.account_number_malformed": ("An account number has 4 to 20 digits", ""),
    "accounts.persons_malformed": ("The number of persons is whole, from 0 to {most}", ""),
    "accounts.relation_unknown": ("Choose a relation from the list", ""),
    "accounts.wrong_security_answer": (
        "The answer does not fit.",
        "Compare the account number and the amount with the bill. Attempts left: {left}.",
    ),
    "accounts.linking_locked": (
        "Too many wrong answers.",
        "Try after {free_at}, and ask the supplier for the amount.",
    ),
    "accounts.already_linked": (
        "You have linked account {number} before.",
        "Choose it in “Your accounts”.",
    ),
    # Readings
    "metering.reading_not_a_number": ("Enter the reading in digits", ""),
    "metering.reading_too_long": (
        "The meter shows only {digits:digit|digits} before the point.",
        "Put a point before the decimals, or leave them out.",
    ),
    "metering.reading_too_precise": (
        "Too many decimals: the meter shows {decimals}.",
        "Enter the reading without them.",
    ),
    "metering.reading_below_previous": (
        "The reading is below the previous one, {previous}.",
        "Check it. If the meter was replaced, ask the supplier.",
    ),
    "metering.rollover_not_confirmed": (
        "The reading is below the previous one, {previous}.",
        "Correct it. If the meter has passed through zero, {volume} kWh were consumed.",
    ),
    "metering.capacity_malformed": ("Not a digit capacity.", "Write it like 5,0 or 6,2."),
    "metering.zones_malformed": ("There can be 1, 2 or 3 zones", ""),
    "metering.ratio_not_positive": ("A transformation ratio is 1 at least", ""),
    "metering.source_unknown": (
        "It is not known who took the reading.",
        "There are initial, customer, supplier and final.",
    ),
    "metering.gap_cause_unknown": (
        "It is not known why nothing is metered.",
        "Use meter_failed, meter_lost, verification_over, access_refused, access_refused_twice.",
    ),
    "metering.submission_closed": (
        "Readings cannot be submitted now.",
        "Submission opens on {opens_on}, in {days:day|days}.",
    ),
    "metering.submission_ticket_invalid": (
        "The link does not open",
        (
            "Perhaps a part of it is missing, or the account was removed from the cabinet since. "
            "Sign in and hand the readings over there."
        ),
    ),
    "metering.submission_ticket_over": (
        "The time of this link is over",
        (
            "It was good through {ended_on}, while readings were taken. They are taken again from "
            "{opens_on} on: you can hand them over in the cabinet then."
        ),
    ),
    "metering.correction_closed": (
        "These readings cannot be corrected any more: submission is closed.",
        "Submit the right ones from {opens_on} on: the next bill settles the difference.",
    ),
    "metering.reading_billed": (
        "These readings cannot be corrected any more: the bill for {month:name} has counted them.",
        "Submit the right ones now: the next bill settles the difference.",
    ),
    "metering.nothing_sent": (
        "There is nothing to correct: no readings were submitted yet.",
        "Submit them.",
    ),
    "metering.reading_of_supplier": (
        "What counts now was read by the supplier, who alone can correct it.",
        "Submit readings of your own, or write to the supplier.",
    ),
    "metering.reading_in_the_future": ("This day has not come yet", ""),
    "metering.meter_not_found": ("The account has no such meter: {meter}", ""),
    "metering.zone_not_metered": ("The meter has no such zone", ""),
    "metering.meter_fixed": (
        "The meter with this number is recorded with another value ({field}).",
        "It is another meter, or the file is wrong.",
    ),
    "metering.reading_already_recorded": (
        "Another reading is recorded for this day, {value}.",
        "Recorded readings are never changed; to correct it, give its day in the column corrects.",
    ),
    "metering.nothing_to_correct": (
        "There is no such reading of {taken_on} to correct.",
        "Check the date, the zone and the source of the reading.",
    ),
    "metering.already_corrected": (
        "This correction is recorded, and something else was since: {value} stands now.",
        "If that is right, leave the row out; else give the right reading.",
    ),
    "metering.initial_reading_billed": (
        "Bills have counted from this initial reading, and no bill settles its correction.",
        "Leave the row out, and settle the difference with the household by a payment.",
    ),
    "metering.correction_misplaced": (
        "A correction bears the date of the reading that it corrects, {taken_on}.",
        "Give the same date in the columns taken_on and corrects.",
    ),
    "metering.final_reading_misplaced": (
        "A final reading is taken on the day of the meter's removal, {removed_on}.",
        "Correct the date of the reading, or that of the removal.",
    ),
    "metering.meter_not_installed": (
        "The meter was not there on this day: it was installed on {installed_on}.",
        "Check the date and the number of the meter.",
    ),
    "metering.meter_removed": (
        "The meter was removed on {removed_on}; since then its readings are not taken.",
        "If it was replaced, submit readings of the new meter.",
    ),
    "metering.meter_not_removed": (
        "Only a meter that was removed has a final reading, and this one was not.",
        "Import the day of its removal first: column removed_on of the file of meters.",
    ),
    "metering.removed_before_installed": (
        "The meter cannot have been removed before it was installed, {installed_on}.",
        "Check both dates.",
    ),
    "metering.removed_before_read": (
        "The meter was removed before a reading of it that is recorded: {taken_on}.",
        "Check the day of its removal.",
    ),
    "metering.gap_overlaps": (
        "These days overlap with a gap of the same cause that began on {since}.",
        "Give the end of the earlier one, or correct the dates.",
    ),
    "metering.reading_out_of_order": (
        "The reading contradicts the one recorded for {taken_on}: {value}.",
        "Check the figure and the date.",
    ),
    "metering.norm_unknown": (
        "The consumption norm has to be charged, and none is known.",
        "Give the norm.",
    ),
    "metering.persons_unknown": (
        "It is not known how many persons the norm is charged for.",
        "Give the number of residents or, where there are none, of owners.",
    ),
    "metering.persons_band_malformed": (
        "Not a number of persons: “{text}”.",
        "Write it like 3, 2-4 or 5+.",
    ),
    "metering.norm_not_positive": ("A norm is above zero", ""),
    "metering.norm_overlaps": (
        "The same households have a norm already: that of {persons} persons.",
        "Keep one of the two.",
    ),
    "metering.norms_already_known": (
        "Another table of norms is in force from {effective_from}.",
        "It is never changed, since bills may have been made by it: give a new date.",
    ),
    "metering.norm_ambiguous": (
        "Two norms fit at once: “{first}” and “{second}”.",
        "Complete the traits of the account, or import norms with a new date.",
    ),
    # Tariffs
    "billing.too_many_exports": (
        "The archive was asked for too many times.",
        "Try again after {free_at}.",
    ),
    "billing.consumption_too_little_known": (
        "A forecast needs {least:month|months} of consumption, and so far {known} are known.",
        "Submit your readings every month: the forecast will come by itself.",
    ),
    "tariffs.rate_not_published": (
        "No rate is published: category {category}, zone {zone}, on {day}.",
        "Publish it and repeat.",
    ),
    "tariffs.rate_already_published": (
        "Another price is published for this date, {price}.",
        "A published tariff is never changed: give a new date.",
    ),
    "tariffs.transmission_already_published": (
        "This rate is published with another cost of transmission, or without any.",
        "A published rate is never changed: give a new date.",
    ),
    "tariffs.ranges_already_published": (
        "Other consumption ranges are published for this date.",
        "A published rate is never changed: give a new date.",
    ),
    "tariffs.last_range_missing": (
        "There is no price for what exceeds {above} kWh.",
        "Add a row for the last range: without a bound, its up_to empty.",
    ),
    "tariffs.rate_not_positive": ("A price is above zero", ""),
    "tariffs.rate_too_precise": ("A price has at most {decimals:decimal|decimals}", ""),
    "tariffs.rate_not_from_first_day": ("A tariff begins on the first day of a month", ""),
    "tariffs.price_missing": (
        "The zone {zone} has no price above {above} kWh.",
        "Publish it: nothing is charged without a price.",
    ),
    "tariffs.range_bound_not_positive": ("The bound of a range must be above zero", ""),
    "tariffs.range_repeated": (
        "The zone {zone} has two prices with the same bound of the range",
        "",
    ),
    "tariffs.volume_negative": ("A volume cannot be negative", ""),
    "tariffs.vat_rate_wrong": ("A VAT rate is from 0 to 100 per cent", ""),
    # Requests and what a supplier publishes
    "support.topic_unknown": ("Choose a topic from the list", ""),
    "support.phone_doubtful": ("Enter a phone number, for example +7 916 123-45-67", ""),
    "support.request_not_found": (
        "There is no such request among yours.",
        "Choose it in the section “Requests”.",
    ),
    "support.request_closed": (
        "The request {number} is closed.",
        "If your question remains, write again.",
    ),
    "support.request_unanswered": (
        "The request {number} is not answered yet.",
        "The answer will appear here.",
    ),
    "support.too_many_requests": (
        "You have sent many requests today.",
        "The next one is possible after {free_at}. Please phone if it is urgent.",
    ),
    "support.attachment_kind_refused": (
        "The file “{name}” cannot be attached.",
        "These can: {kinds}.",
    ),
    "support.attachment_content_differs": (
        "The file “{name}” is damaged, or is not what its name says.",
        "Save it anew, for example as PDF, and attach it again.",
    ),
    "support.attachment_empty": ("The file “{name}” is empty.", "Attach another one."),
    "support.attachment_too_large": (
        "The file “{name}” is larger than {megabytes} MB.",
        "Make it smaller or divide it.",
    ),
    "support.too_many_attachments": (
        "A request has {limit:file|files} at most.",
        "Leave those that matter most.",
    ),
    "support.attachment_not_found": (
        "The request has no such file.",
        "Open the request and choose a file.",
    ),
    "support.attachments_unavailable": (
        "Files can be neither taken nor shown now.",
        "Send the request without a file, or try again a little later.",
    ),
    "support.service_unknown": ("Choose a service of the catalogue", ""),
    "support.content_code_malformed": (
        "This is no code: “{text}”.",
        "It is made of Latin letters, digits and hyphens, 40 at most.",
    ),
    "support.price_negative": ("A price cannot be below zero", ""),
    "support.map_link_malformed": (
        "This is no link to a map: “{text}”.",
        "It begins with https://.",
    ),
    # Bills and payments
    "billing.meter_missing": ("The account has no meter.", "Import meters and run again."),
    "billing.reading_missing": (
        "A reading is missing: meter {meter}, zone {zone}.",
        "Import readings and run again.",
    ),
    "billing.reading_awaited": (
        "Readings of the meter {meter} are taken until {closes_on}.",
        "Import them, or run again after that day.",
    ),
    "billing.final_reading_missing": (
        "The meter {meter} was removed, and its final reading is missing: zone {zone}.",
        "Import a reading with the source final and run again.",
    ),
    "billing.readings_contradict": (
        "After {previous} the meter {meter} shows {current}: zone {zone}.",
        "Import a correction of the reading or the replacement of the meter, and run again.",
    ),
    "billing.later_month_billed": (
        "A bill for a later month, {month}, has been issued.",
        "Bill the months in order, and correct the last bill.",
    ),
    "billing.bill_not_issued_here": (
        "An earlier billing system issued this bill.",
        "Only there it can be corrected.",
    ),
    "billing.bill_corrected_already": (
        "Another bill, {number}, stands in the place of this one.",
        "Correct that one.",
    ),
    "billing.bill_unchanged": (
        "By what the books say now, the bill comes out the same.",
        "First import what was wrong: the category, a benefit, a norm, how many persons live there.",
    ),
    "billing.month_not_begun": ("The month {month} has not begun.", "Give a past month."),
    "billing.invoice_not_found": (
        "There is no such bill among yours.",
        "Choose one in “History”.",
    ),
    "billing.amount_not_positive": ("A payment is above zero", ""),
    "billing.bill_does_not_add_up": (
        "The bill does not add up: opening plus charged less payments is {expected}.",
        "Correct the amounts in the file.",
    ),
    "billing.opening_differs": (
        "The opening balance is not the total of the bill before, {expected}.",
        "Correct the amount, or import the bills left out.",
    ),
    "billing.bill_already_recorded": (
        "There is a bill for this month, {number}.",
        "Issued bills are never changed.",
    ),
    "billing.bill_number_taken": ("There is a bill with this number", ""),
    "billing.bill_out_of_order": (
        "There is a bill for a later month, {last}.",
        "Import bills in order.",
    ),
    "billing.payment_in_the_future": ("This day has not come yet", ""),
    "billing.payment_already_recorded": (
        "A payment with this reference is recorded otherwise: {amount}.",
        "Recorded payments are never changed.",
    ),
    "billing.benefit_wrong": (
        "There is no such benefit ({field}).",
        "The percentage is above 0, 100 at most; a limit is above zero; it ends after it begins.",
    ),
    "billing.benefit_overlaps": (
        "A benefit of this name holds from {first_month} on.",
        "End it earlier, or give this one another name.",
    ),
    "billing.amount_negative": ("An amount cannot be negative", ""),
    "billing.flat_rate_missing": ("The rate of the penalty is not given", ""),
    "billing.flat_rate_not_positive": ("The rate of penalties must be above zero", ""),
    "billing.law_row_wrong": (
        "In the table {table} the column {field} is empty, out of place or cannot be so.",
        "elkk law show {table} --csv - prints a pattern.",
    ),
    "billing.law_table_wrong": (
        "The table {table} has no rows, or a day twice.",
        "Import the whole table.",
    ),
    "billing.law_table_begins_later": (
        "The table {table} must begin on {first_day} or earlier.",
        "Import all of it, with the rows there were: old debts are reckoned by them.",
    ),
    "billing.rule_value_wrong": (
        "“{name}” cannot be so.",
        "There are: {choices}.",
    ),
    "billing.estimate_rule_wrong": (
        "There are {most} periods at the most, and a coefficient is above zero",
        "",
    ),
    "billing.payment_code_field_missing": ("The payment QR lacks the required field {field}", ""),
    "billing.payment_code_field_malformed": (
        "The field {field} does not fit into a payment QR.",
        "Names are Latin letters and digits, amounts are whole kopecks.",
    ),
    "billing.payment_code_field_repeated": ("The field {field} is given twice", ""),
    "billing.payment_code_field_too_long": (
        "The field {field} is longer than {limit:character|characters}",
        "",
    ),
    "billing.payment_code_character_missing": (
        "The charset {charset} lacks the character “{character}” of the field {field}.",
        "Replace the character, or take utf8.",
    ),
    "billing.payment_code_too_long": (
        "The required fields take {size:byte|bytes}, and {limit} fit.",
        "Shorten them, or take win1251.",
    ),
    "billing.payment_code_not_separable": (
        "The values hold every mark that could separate them",
        "",
    ),
    "billing.payment_code_unreadable": ("Not a payment QR of ГОСТ Р 56042-2014: “{header}”", ""),
    "billing.printer_unavailable": (
        "The bill could not be prepared for printing.",
        "Please try again a little later.",
    ),
    # Notifications
    "notices.notification_not_found": (
        "There is no such notification among yours.",
        "Open the section “Notifications” of your account.",
    ),
    # Payments by card
    "payments.payment_not_found": (
        "There is no such payment among yours.",
        "Look at the payments in the history of the account.",
    ),
    "payments.amount_too_small": ("By card you can pay {least} ₽ or more", ""),
    "payments.amount_too_large": ("At once you can pay no more than {most} ₽", ""),
    "payments.too_many_payments": (
        "You have begun too many payments in the last hour.",
        "You can begin the next one after {free_at}, and finish those you have begun right now.",
    ),
    "payments.rules_not_accepted": ("To pay you have to accept the rules", ""),
    "payments.not_offered": (
        "Payment by card has not been set up in the cabinet yet.",
        "Pay by the QR code of the bill in the app of your bank.",
    ),
    "payments.bank_unavailable": (
        "The bank does not answer just now, and no money was taken.",
        "Try again in a few minutes.",
    ),
    "payments.bank_answer_differs": (
        "What the bank says does not fit the payment {order}, so it is not credited yet.",
        "We will find out; there is no need to pay again.",
    ),
    # What only operators can mend
    "messaging.unknown_message": _UNAVAILABLE,
    "durable.worker_name_taken": _UNAVAILABLE,
    "durable.queue_not_prepared": _UNAVAILABLE,
    "settings.wrong": _UNAVAILABLE,
    "database.absent": _UNAVAILABLE,
    "database.unreachable": _UNAVAILABLE,
    "database.locked": _UNAVAILABLE,
    "database.schema_outdated": _UNAVAILABLE,
    "database.schema_unknown": _UNAVAILABLE,
}
