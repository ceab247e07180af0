//! Starting, refusing to start, and stopping.

use tempfile::tempdir;

use crate::program::{Program, command, refusal, refusal_of, rotate_keys};

// OBS-6
#[test]
fn ctrl_c_stops_it_cleanly() {
    let data = tempdir().expect("a folder");
    assert!(Program::start(data.path()).interrupt().success());
}

#[test]
fn a_port_in_use_is_named_and_so_is_what_to_do() {
    let data = tempdir().expect("a folder");
    let running = Program::start(data.path());
    let other = tempdir().expect("a folder");
    let (status, said) = refusal(other.path(), &format!("127.0.0.1:{}", running.port()));
    assert!(!status.success());
    assert!(said.contains(&format!("port {} is in use", running.port())) && said.contains("--listen"), "{said}");
}

// DATA-1
#[test]
fn two_programs_never_share_a_data_folder() {
    let data = tempdir().expect("a folder");
    let _running = Program::start(data.path());
    let (status, said) = refusal(data.path(), "127.0.0.1:0");
    assert!(!status.success() && said.contains("in use by another syncwatch"), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("not-a-folder");
    std::fs::write(&file, "").expect("written");
    let (status, said) = refusal(&file.join("data"), "127.0.0.1:0");
    assert!(!status.success() && said.contains("cannot write to the data folder"), "{said}");
    assert!(said.contains("--data") && said.lines().count() == 1, "{said}");
    assert_eq!(said.matches("Not a directory").count(), 1, "the reason is told once: {said}");
}

// OPS-1
#[test]
fn what_is_wrong_in_file_environment_and_command_line_is_told_together_and_once() {
    let data = tempdir().expect("a folder");
    let file = data.path().join("syncwatch.toml");
    std::fs::write(&file, "[api.rooms]\nlifetime_hours = 0\nlifetime = 1\n").expect("written");
    let mut command = command(data.path(), "localhost:8080");
    command.arg("--config").arg(&file).env("SYNCWATCH_API__HTTP__HTTPS", "perhaps");
    let (status, said) = refusal_of(&mut command);
    assert_eq!(status.code(), Some(1));
    let expected = "syncwatch cannot start: the configuration is not valid:
  - api.http.https is \"perhaps\", allowed is true, false
  - api.rooms.lifetime is not a setting, allowed is max_participants, lifetime_hours, empty_hours
  - listen is \"localhost:8080\", allowed is an address and a port in numbers, such as 127.0.0.1:8080 or 0.0.0.0:8080
  - api.rooms.lifetime_hours is 0, allowed is 1 to 8760
";
    assert_eq!(said, expected);
}

// ROOM-1
#[test]
fn on_loopback_it_says_that_nobody_else_gets_in() {
    let data = tempdir().expect("a folder");
    let program = Program::start(data.path());
    assert!(
        program.who.starts_with("Only this machine") && program.who.contains("--listen 0.0.0.0:"),
        "{}",
        program.who
    );
}

// ROOM-1
#[tokio::test]
async fn on_all_interfaces_every_address_that_it_names_can_be_opened() {
    let data = tempdir().expect("a folder");
    let program = Program::start_by(&mut command(data.path(), "0.0.0.0:0"));
    assert!(program.url.starts_with("http://localhost:"), "{}", program.url);
    for url in program.who.split_whitespace().filter(|word| word.starts_with("http://")).chain([program.url.as_str()]) {
        assert!(!url.contains("0.0.0.0"), "{url}");
        let answer = reqwest::get(format!("{url}/health/live")).await.expect("an answer");
        assert!(answer.status().is_success(), "{url}");
    }
}

// OBS-1, OBS-4
#[test]
fn without_ffmpeg_it_starts_and_says_once_what_to_install_without_colours_in_a_file() {
    let data = tempdir().expect("a folder");
    let log = Program::start_by(command(data.path(), "127.0.0.1:0").env("PATH", "")).interrupt_and_read_log();
    assert_eq!(log.matches("apt install ffmpeg").count(), 1, "{log}");
    assert!(!log.contains('\u{1b}'), "{log:?}");
}

// DATA-1
#[test]
fn a_damaged_database_is_refused_and_left_as_it_is() {
    let data = tempdir().expect("a folder");
    let database = data.path().join("syncwatch.db");
    let rubbish = b"this is not a database, and it is long enough to be looked at".repeat(100);
    std::fs::write(&database, &rubbish).expect("written");
    let (status, said) = refusal(data.path(), "127.0.0.1:0");
    assert!(!status.success() && said.contains("damaged"), "{said}");
    assert_eq!(std::fs::read(&database).expect("still there"), rubbish);
}

// SYNC-7
#[test]
fn after_kill_9_it_starts_again_on_the_same_data() {
    let data = tempdir().expect("a folder");
    Program::start(data.path()).kill();
    assert!(Program::start(data.path()).interrupt().success());
}

// ACC-3
#[tokio::test]
async fn a_new_key_for_tokens_logs_nobody_out() {
    let data = tempdir().expect("a folder");
    let program = Program::start(data.path());
    let url = format!("{}/api/v1/rooms", program.url);
    let grant = reqwest::Client::new().post(url).json(&serde_json::json!({})).send().await.expect("an answer");
    let grant: serde_json::Value = grant.json().await.expect("a grant");
    let token = grant["guestToken"].as_str().expect("a token").to_owned();
    assert!(program.interrupt().success());

    for (rotations, status) in [(1, 200), (2, 401)] {
        assert!(rotate_keys(data.path()).0.success());
        let program = Program::start(data.path());
        let mine = reqwest::Client::new().get(format!("{}/api/v1/rooms/mine", program.url)).bearer_auth(&token);
        assert_eq!(mine.send().await.expect("an answer").status(), status, "after {rotations} rotations");
        assert!(program.interrupt().success());
    }
}

// ACC-3
#[test]
fn where_no_keys_are_none_are_replaced_and_the_folder_stays_as_it_is() {
    let data = tempdir().expect("a folder");
    let (status, said) = rotate_keys(data.path());
    assert!(!status.success() && said.contains("nothing to replace") && said.lines().count() == 1, "{said}");
    assert_eq!(std::fs::read_dir(data.path()).expect("there").count(), 0);
}
